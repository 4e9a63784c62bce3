package io.hotdeal.internal.order;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.Refusal;
import io.hotdeal.internal.client.CounterClient;
import io.hotdeal.internal.client.LogClient;
import io.hotdeal.internal.client.PaymentClient;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The flow of a return, without blocking:
 *
 * <pre>
 *   1 log      PAID becomes RETURNING, for good; units back, or written off
 *   2 gateway  refunds the payment
 *   3 counter  frees the buyer's limit; is reconciled in the background if units are back
 *   4 log      RETURNING becomes RETURNED
 * </pre>
 *
 * <p>The payment is refunded only after the log excludes for good that the sale stands. Every step
 * is idempotent; the resolver completes what is left RETURNING.
 */
public final class ReturnFlow {

  private final CounterClient counter;
  private final LogClient log;
  private final OrderFlow orders;
  private final Consumer<String> returning;
  private final ReturnRecovery recovery;

  /**
   * Creates the flow.
   *
   * @param orders that of the sales
   * @param returning accepts the deal of a return that may have to be completed later: it is
   *     perhaps purged
   */
  public ReturnFlow(
      CounterClient counter,
      LogClient log,
      PaymentClient payments,
      OrderFlow orders,
      Consumer<String> returning) {
    this.counter = counter;
    this.log = log;
    this.orders = orders;
    this.returning = returning;
    this.recovery = new ReturnRecovery(counter, log, payments);
  }

  /** Gives back a sold order; fails with a {@link HotDealException}. */
  public CompletableFuture<OrderResult> giveBack(OrderReturn sale) {
    return log.giveBack(sale)
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedFuture(new Refusal.UnknownOrder())
                    : afterReturn(sale, found.get()));
  }

  private CompletableFuture<OrderResult> afterReturn(OrderReturn sale, OrderSnapshot found) {
    OrderRecord row = found.row();
    return switch (row.state()) {
      case RETURNING -> complete(sale, row);
      case RETURNED, HELD, EXPIRED, CANCELLED ->
          CompletableFuture.completedFuture(HoldResults.standing(found));
      case PAID -> failed(row, "is sold, and the order log refuses its return");
      case RESERVED, ABSENT -> failed(row, "is under way, not yet sold");
    };
  }

  private CompletableFuture<OrderResult> complete(OrderReturn sale, OrderRecord row) {
    returning.accept(row.order().dealId());
    if (sale.toStock()) {
      orders.available(row.order().dealId());
      counter.scheduleReconcile(row.order().dealId());
    }
    return recovery
        .refund(row)
        .thenCompose(
            certain ->
                certain
                    ? recovery
                        .complete(row.order())
                        .thenApply(complete -> new OrderResult.Returned(row.order(), complete))
                    : CompletableFuture.failedFuture(
                        new OutcomeUnknownException(
                            named(row.order()) + " is given back, its refund in doubt")));
  }

  private static CompletableFuture<OrderResult> failed(OrderRecord row, String how) {
    return CompletableFuture.failedFuture(
        new NothingHappenedException(
            named(row.order()) + " " + how + " (" + row.state() + "), so it was not given back"));
  }

  private static String named(Order order) {
    return "order " + order.id() + " of deal " + order.dealId();
  }
}
