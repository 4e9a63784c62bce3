package io.hotdeal.internal.resilience;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The retry of an idempotent call, with a pause that doubles each time (exponential backoff).
 *
 * @param attempts the most calls, at least 1
 * @param pause before the second call
 * @param timer times the pauses
 * @param executor continues after a pause, so that nothing blocks the timer
 */
public record Retry(
    int attempts, Duration pause, ScheduledExecutorService timer, Executor executor) {

  /**
   * Repeats the call until its result is accepted. Never blocks.
   *
   * @param call its future must not fail
   * @return the first accepted result, or the last one
   */
  public <T> CompletableFuture<T> until(
      Predicate<T> accepted, Supplier<CompletableFuture<T>> call) {
    return attempt(1, accepted, call);
  }

  private <T> CompletableFuture<T> attempt(
      int number, Predicate<T> accepted, Supplier<CompletableFuture<T>> call) {
    return call.get()
        .thenCompose(
            answer ->
                accepted.test(answer) || number == attempts
                    ? CompletableFuture.completedFuture(answer)
                    : pauseAfter(number).thenCompose(x -> attempt(number + 1, accepted, call)));
  }

  private CompletableFuture<Boolean> pauseAfter(int number) {
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    long nanos = pause.toNanos() << (number - 1);
    var unused = later(nanos, () -> over.complete(true));
    return over;
  }

  /** Runs a task on the executor after a delay. */
  public ScheduledFuture<?> later(long nanos, Runnable task) {
    return timer.schedule(() -> executor.execute(task), nanos, TimeUnit.NANOSECONDS);
  }
}
