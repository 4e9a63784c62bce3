package io.hotdeal.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A loop of asynchronous steps")
class AsyncLoopTest {

  private final AtomicInteger steps = new AtomicInteger();

  @Test
  @DisplayName("repeats a step until it completes with false, however many complete at once")
  void many() {
    CompletableFuture<Boolean> end =
        AsyncLoop.whileTrue(
            () -> CompletableFuture.completedFuture(steps.incrementAndGet() < 1_000_000));
    assertThat(end).isCompletedWithValue(false);
    assertThat(steps).hasValue(1_000_000);
  }

  @Test
  @DisplayName("waits for a step that completes later")
  void later() {
    Deque<CompletableFuture<Boolean>> pending = new ArrayDeque<>();
    CompletableFuture<Boolean> end =
        AsyncLoop.whileTrue(
            () -> {
              pending.add(new CompletableFuture<>());
              return pending.getLast();
            });
    assertThat(pending).hasSize(1);
    pending.getLast().complete(true);
    assertThat(pending).hasSize(2);
    assertThat(end).isNotDone();
    pending.getLast().complete(false);
    assertThat(end).isCompletedWithValue(false);
  }

  @Test
  @DisplayName("ends with a step that fails")
  void fails() {
    CompletableFuture<Boolean> end =
        AsyncLoop.whileTrue(
            () ->
                steps.incrementAndGet() < 3
                    ? CompletableFuture.completedFuture(true)
                    : CompletableFuture.failedFuture(new IllegalStateException("by the test")));
    assertThat(end).isCompletedExceptionally();
    assertThat(steps).hasValue(3);
  }
}
