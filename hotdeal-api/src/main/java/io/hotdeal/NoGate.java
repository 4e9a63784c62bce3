package io.hotdeal;

import java.util.concurrent.CompletableFuture;

/** The gate of a desk that sells straight from the log. */
enum NoGate implements Gate {
  INSTANCE;

  private static final CompletableFuture<Pass> OPEN =
      CompletableFuture.completedFuture(Pass.WITHOUT_CLAIM);

  @Override
  public void open(Tally fromLog) {}

  @Override
  public void close(String dealId) {}

  @Override
  public CompletableFuture<Pass> enter(Order order) {
    return OPEN;
  }

  @Override
  public void settle(Order order) {}

  @Override
  public CompletableFuture<?> release(Order order) {
    return OPEN;
  }
}
