package io.hotdeal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Single calls to a store, made off the caller's thread. Housekeeping, so they begin and end no
 * outage: a store that can be read may still refuse the orders.
 *
 * @param executor runs the calls, which block
 * @param limit how long an answer is waited for, null for as long as the call takes
 */
record StoreCalls(Executor executor, @Nullable TimeLimit limit) {

  /**
   * Makes a call without waiting for it.
   *
   * @return fails with a {@link HotDealException}, {@link NothingHappenedException} where there was
   *     no thread for it
   */
  <T> CompletableFuture<T> call(Supplier<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      executor.execute(() -> complete(answer, call));
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(
          new NothingHappenedException("a store was not asked: no thread for it", e));
    }
    return limit == null ? answer : limit.apply(answer, "a call to a store");
  }

  /** The same for a call that answers nothing. */
  CompletableFuture<Boolean> run(Runnable call) {
    return call(
        () -> {
          call.run();
          return true;
        });
  }

  /** Whatever is thrown, checked exceptions of other languages included, ends the future. */
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
