package io.hotdeal.internal.resilience;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs single store calls on the store's threads. They neither open nor close a circuit breaker: a
 * store that can be read may still refuse orders.
 *
 * @param executor runs the calls, which block
 * @param limit how long an answer is waited for, null for as long as the call takes
 */
public record AsyncStoreCalls(Executor executor, @Nullable TimeLimit limit) {

  /**
   * Starts a call.
   *
   * @return fails with a {@link HotDealException}, {@link NothingHappenedException} where there was
   *     no thread for it
   */
  public <T> CompletableFuture<T> call(Supplier<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      executor.execute(() -> complete(answer, call));
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(
          new NothingHappenedException("a store was not asked: no thread for it", e));
    }
    return limit == null ? answer : limit.apply(answer, "a call to a store");
  }

  /** The same for a call without an answer. */
  public CompletableFuture<Boolean> run(Runnable call) {
    return call(
        () -> {
          call.run();
          return true;
        });
  }

  /** Any throwable, checked exceptions of other languages included, ends the future. */
  private static <T> void complete(CompletableFuture<T> answer, Supplier<T> call) {
    T value;
    try {
      value = call.get();
    } catch (Throwable e) {
      answer.completeExceptionally(Failures.of(e));
      return;
    }
    answer.complete(value);
  }
}
