package io.hotdeal.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.testkit.ManualTimer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The time limit of a call")
class TimeLimitTest {

  private final ManualTimer timer = new ManualTimer();
  private final TimeLimit limit = new TimeLimit(Duration.ofSeconds(5), timer);
  private final CompletableFuture<String> call = new CompletableFuture<>();

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  @Test
  @DisplayName("fails the call as unknown, with its name and the limit in the message")
  void fails() {
    CompletableFuture<String> limited = limit.apply(call, "a call to the test");
    timer.runUpTo(5_000);
    assertThatThrownBy(limited::join)
        .hasCauseInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("a call to the test was not answered within PT5S");
  }

  @Test
  @DisplayName("is cancelled when the call ends in time")
  void inTime() {
    CompletableFuture<String> limited = limit.apply(call, "a call to the test");
    call.complete("answer");
    assertThat(limited).isCompletedWithValue("answer");
    assertThat(timer.waiting()).isZero();
  }

  @Test
  @DisplayName("is not set for a call that has ended, nor if the timer is shut down")
  void noTimer() {
    assertThat(limit.apply(CompletableFuture.completedFuture("answer"), "a call"))
        .isCompletedWithValue("answer");
    assertThat(timer.waiting()).isZero();
    timer.shutdownNow();
    assertThat(limit.apply(call, "a call")).isSameAs(call);
  }
}
