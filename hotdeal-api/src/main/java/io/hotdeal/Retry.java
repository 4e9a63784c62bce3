package io.hotdeal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Makes an idempotent call again, a few times, each time after twice the pause.
 *
 * @param attempts the most calls, at least 1
 * @param pause before the second call
 * @param timer waits
 * @param executor goes on after a pause, so that nothing that blocks ever meets the timer
 */
record Retry(int attempts, Duration pause, ScheduledExecutorService timer, Executor executor) {

  /**
   * Calls until the answer is good enough.
   *
   * @param call must not fail
   * @return the first answer that is good enough, or the last one
   */
  <T> CompletableFuture<T> until(Predicate<T> goodEnough, Supplier<CompletableFuture<T>> call) {
    return attempt(1, goodEnough, call);
  }

  private <T> CompletableFuture<T> attempt(
      int number, Predicate<T> goodEnough, Supplier<CompletableFuture<T>> call) {
    return call.get()
        .thenCompose(
            answer ->
                goodEnough.test(answer) || number == attempts
                    ? CompletableFuture.completedFuture(answer)
                    : pauseAfter(number).thenCompose(x -> attempt(number + 1, goodEnough, call)));
  }

  private CompletableFuture<Boolean> pauseAfter(int number) {
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    long nanos = pause.toNanos() << (number - 1);
    var unused = later(nanos, () -> over.complete(true));
    return over;
  }

  /** Has something done after a while. */
  ScheduledFuture<?> later(long nanos, Runnable task) {
    return timer.schedule(() -> executor.execute(task), nanos, TimeUnit.NANOSECONDS);
  }
}
