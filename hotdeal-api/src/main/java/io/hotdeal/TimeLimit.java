package io.hotdeal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends futures that nobody answers in time.
 *
 * @param limit how long an answer is waited for
 * @param timer waits; the future ends in its thread, so what follows must not block
 */
record TimeLimit(Duration limit, ScheduledExecutorService timer) {

  /**
   * Fails the future as {@link OutcomeUnknownException} unless it ends within the limit.
   *
   * @param what names the call in the message
   */
  <T> CompletableFuture<T> apply(CompletableFuture<T> answer, String what) {
    if (answer.isDone()) {
      return answer;
    }
    try {
      ScheduledFuture<?> alarm =
          timer.schedule(() -> fail(answer, what), limit.toNanos(), TimeUnit.NANOSECONDS);
      return answer.whenComplete((result, broken) -> alarm.cancel(false));
    } catch (RejectedExecutionException closed) {
      return answer; // the timer ends before the calls do
    }
  }

  private void fail(CompletableFuture<?> answer, String what) {
    answer.completeExceptionally(
        new OutcomeUnknownException(what + " was not answered within " + limit + ", the limit"));
  }
}
