package io.hotdeal;

import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.reconcile.CounterReconciler;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.internal.resilience.Failures;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;

/**
 * Rebuilds the count of a stock counter from the order log.
 *
 * <p>The counter then offers what the log has left, less the units of claims whose orders are still
 * on their way to the log. While orders of a deal come and go at every instant, no attempt succeeds
 * ({@link Reconciliation.Outcome#BUSY}); the sale is correct all the same. A deal that the counter
 * lost is restored at once. Any number of reconcilers, in any processes, may work at the same time.
 * Thread-safe.
 */
public final class Reconciler {

  private final CounterReconciler delegate;

  private Reconciler(CounterReconciler delegate) {
    this.delegate = delegate;
  }

  /** A reconciler of these two stores, which works in the calling thread. */
  public static Reconciler of(StockCounter counter, OrderLog log) {
    AsyncStoreCalls calls = new AsyncStoreCalls(Runnable::run, null);
    return new Reconciler(new CounterReconciler(counter, log, calls, calls, EventPublisher.NONE));
  }

  /**
   * Makes the counter's count of a deal exact, unless orders come and go all the while. Blocks for
   * a few calls to each store.
   *
   * @throws HotDealException if a store cannot answer; the count is exact or as it was
   */
  public Reconciliation reconcile(String dealId) {
    return Failures.join(delegate.reconcile(Ids.check("deal id", dealId), false));
  }
}
