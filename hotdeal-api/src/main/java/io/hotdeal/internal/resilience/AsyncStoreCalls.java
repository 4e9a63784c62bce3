package io.hotdeal.internal.resilience;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous execution of single store calls on the store's threads. These calls neither open
 * nor close a circuit breaker: a store that can be read may still refuse orders.
 *
 * @param executor runs the calls, which block
 * @param limit the time-out of a call, null for none
 */
public record AsyncStoreCalls(Executor executor, @Nullable TimeLimit limit) {

  /**
   * Starts a call.
   *
   * @return fails with a {@link HotDealException}: {@link NothingHappenedException} if the executor
   *     rejected the call
   */
  public <T> CompletableFuture<T> call(Supplier<T> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      executor.execute(() -> complete(answer, call));
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(
          new NothingHappenedException("a store call was not started: no thread for it", e));
    }
    return limit == null ? answer : limit.apply(answer, "a call to a store");
  }

  /** The same for a call without a result; completes with true. */
  public CompletableFuture<Boolean> run(Runnable call) {
    return call(
        () -> {
          call.run();
          return true;
        });
  }

  /**
   * Completes the future; any throwable fails it, including checked exceptions of other JVM
   * languages.
   */
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
