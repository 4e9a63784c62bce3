package io.hotdeal.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A retry")
class RetryTest {

  /** Runs tasks without a delay, and records their delays. */
  private static final class Hurried extends ScheduledThreadPoolExecutor {

    final List<Long> pauses = new ArrayList<>();

    Hurried() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      pauses.add(unit.toMillis(delay));
      return super.schedule(task, 0, unit);
    }
  }

  private final Hurried timer = new Hurried();
  private final Retry retry = new Retry(4, Duration.ofMillis(10), timer, Runnable::run);
  private int calls;

  @AfterEach
  void endTimer() {
    timer.shutdownNow();
  }

  private int callUntil(int goodEnough) {
    return retry
        .until(n -> n == goodEnough, () -> CompletableFuture.completedFuture(++calls))
        .join();
  }

  @Test
  @DisplayName("doubles the pause each time, and ends after the given number of attempts")
  void givesUp() {
    assertThat(callUntil(99)).isEqualTo(4);
    assertThat(timer.pauses).containsExactly(10L, 20L, 40L);
  }

  @Test
  @DisplayName("ends with the first answer that is accepted")
  void ends() {
    assertThat(callUntil(2)).isEqualTo(2);
    assertThat(timer.pauses).containsExactly(10L);
  }
}
