package io.hotdeal.internal.resilience;

import io.hotdeal.OutcomeUnknownException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Fails futures that are not completed in time.
 *
 * @param limit how long an answer is waited for
 * @param timer waits; the future is failed in its thread, so what follows must not block
 */
public record TimeLimit(Duration limit, ScheduledExecutorService timer) {

  /**
   * Fails the future as {@link OutcomeUnknownException} unless it ends within the limit.
   *
   * @param what names the call in the message
   */
  public <T> CompletableFuture<T> apply(CompletableFuture<T> answer, String what) {
    if (answer.isDone()) {
      return answer;
    }
    try {
      ScheduledFuture<?> alarm =
          timer.schedule(() -> fail(answer, what), limit.toNanos(), TimeUnit.NANOSECONDS);
      return answer.whenComplete((result, broken) -> alarm.cancel(false));
    } catch (RejectedExecutionException closed) {
      return answer; // the timer is shut down before the last calls end
    }
  }

  private void fail(CompletableFuture<?> answer, String what) {
    answer.completeExceptionally(
        new OutcomeUnknownException(what + " was not answered within " + limit + ", the limit"));
  }
}
