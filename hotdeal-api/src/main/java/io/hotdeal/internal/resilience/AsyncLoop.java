package io.hotdeal.internal.resilience;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Loops of asynchronous steps. Steps that are complete at once do not nest, however many. */
public final class AsyncLoop {

  private AsyncLoop() {}

  /**
   * Repeats a step until it completes with false, or fails.
   *
   * @return completes with false, or fails as the step did
   */
  public static CompletableFuture<Boolean> whileTrue(Supplier<CompletableFuture<Boolean>> step) {
    while (true) {
      CompletableFuture<Boolean> more = step.get();
      if (!more.isDone()) {
        return more.thenCompose(
            again -> again ? whileTrue(step) : CompletableFuture.completedFuture(false));
      }
      if (more.isCompletedExceptionally() || !more.join()) {
        return more;
      }
    }
  }
}
