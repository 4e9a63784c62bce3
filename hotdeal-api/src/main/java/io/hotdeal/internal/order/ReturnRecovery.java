package io.hotdeal.internal.order;

import io.hotdeal.Order;
import io.hotdeal.internal.client.CounterClient;
import io.hotdeal.internal.client.LogClient;
import io.hotdeal.internal.client.PaymentClient;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import java.util.concurrent.CompletableFuture;

/**
 * The completion of a return whose row is RETURNING: the buyer is refunded, the counter frees the
 * buyer's limit, and then the row becomes RETURNED. Until both are certain the row stays RETURNING,
 * so that the resolver finds it. Every step is idempotent, so any number of processes may complete
 * the same return.
 */
final class ReturnRecovery {

  private final CounterClient counter;
  private final LogClient log;
  private final PaymentClient payments;

  ReturnRecovery(CounterClient counter, LogClient log, PaymentClient payments) {
    this.counter = counter;
    this.log = log;
    this.payments = payments;
  }

  /**
   * Completes the return.
   *
   * @return whether it is complete
   */
  CompletableFuture<Boolean> finish(OrderRecord row) {
    return refund(row)
        .thenCompose(
            certain -> certain ? complete(row.order()) : CompletableFuture.completedFuture(false));
  }

  /**
   * Refunds the payment that bought the order.
   *
   * @return whether the refund is certain; also without a gateway, where nothing is refunded here
   */
  CompletableFuture<Boolean> refund(OrderRecord row) {
    if (!payments.hasGateway()) {
      return CompletableFuture.completedFuture(true);
    }
    return row.paymentId() == null
        ? payments.refund(row.order())
        : payments.refund(row.order(), row.paymentId());
  }

  /** Completes the return of an order that is refunded; returns whether it is complete. */
  CompletableFuture<Boolean> complete(Order order) {
    return counter
        .giveBack(order)
        .thenCompose(
            freed ->
                freed
                    ? log.finishReturn(order).thenApply(state -> state == OrderState.RETURNED)
                    : CompletableFuture.completedFuture(false));
  }
}
