package io.hotdeal.internal.resilience;

import io.hotdeal.OutcomeUnknownException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A time-out of futures.
 *
 * @param limit how long a future may take
 * @param timer fails the future in its thread, so dependent stages must not block
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
      return answer; // the timer may be shut down before the last calls end
    }
  }

  private void fail(CompletableFuture<?> answer, String what) {
    answer.completeExceptionally(
        new OutcomeUnknownException(what + " was not answered within " + limit + ", the limit"));
  }
}
