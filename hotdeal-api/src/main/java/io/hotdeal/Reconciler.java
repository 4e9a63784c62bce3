package io.hotdeal;

import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.reconcile.CounterReconciler;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.internal.resilience.Failures;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;

/**
 * A tool that rebuilds the count of a stock counter from the order log.
 *
 * <p>The counter then offers the units left in the log, less the units of claims whose orders are
 * not in the log yet. While orders change the deal all the time, no attempt succeeds ({@link
 * Reconciliation.Outcome#BUSY}); the sale is correct all the same. A deal that the counter lost is
 * restored at once. Any number of reconcilers, in any processes, may run at the same time.
 * Thread-safe.
 */
public final class Reconciler {

  private final CounterReconciler delegate;

  private Reconciler(CounterReconciler delegate) {
    this.delegate = delegate;
  }

  /** Creates a reconciler of these two stores, which makes its calls in the calling thread. */
  public static Reconciler of(StockCounter counter, OrderLog log) {
    AsyncStoreCalls calls = new AsyncStoreCalls(Runnable::run, null);
    return new Reconciler(new CounterReconciler(counter, log, calls, calls, EventPublisher.NONE));
  }

  /**
   * Makes the counter's count of a deal exact, unless orders change the deal meanwhile (5
   * attempts). Blocks for a few calls to each store, without a time-out of its own.
   *
   * @throws HotDealException if a store is unavailable; call again later
   */
  public Reconciliation reconcile(String dealId) {
    return Failures.join(delegate.reconcile(Ids.check("deal id", dealId), false));
  }
}
