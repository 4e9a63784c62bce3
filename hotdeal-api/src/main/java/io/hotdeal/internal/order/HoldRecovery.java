package io.hotdeal.internal.order;

import io.hotdeal.ChargeResult;
import io.hotdeal.Order;
import io.hotdeal.internal.client.CounterClient;
import io.hotdeal.internal.client.LogClient;
import io.hotdeal.internal.client.PaymentClient;
import io.hotdeal.internal.order.OrderRecovery.End;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The end of one hold whose deadline has passed:
 *
 * <pre>
 *   gateway  charged: confirm, settle.  Not charged: voided, so that it never will be
 *   log      HELD becomes EXPIRED, if the deadline still is over
 *   counter  release
 * </pre>
 *
 * <p>Without a gateway nobody but the shop knows of payments, so the hold just expires: only the
 * shop's own confirm sells it. Every step is idempotent, so any number of processes may end the
 * same hold, concurrently with confirms, extensions and cancels.
 */
final class HoldRecovery {

  private final CounterClient counter;
  private final LogClient log;
  private final PaymentClient payments;

  HoldRecovery(CounterClient counter, LogClient log, PaymentClient payments) {
    this.counter = counter;
    this.log = log;
    this.payments = payments;
  }

  /** Ends an overdue hold. */
  CompletableFuture<End> finish(Order order) {
    if (!payments.hasGateway()) {
      return expire(order);
    }
    return payments
        .statusOrVoid(order)
        .thenCompose(
            result -> {
              if (result instanceof ChargeResult.Charged charged) {
                return confirm(order, charged);
              }
              return result instanceof ChargeResult.Declined
                  ? expire(order)
                  : CompletableFuture.completedFuture(End.UNFINISHED);
            });
  }

  private CompletableFuture<End> confirm(Order order, ChargeResult.Charged charged) {
    return log.confirmHeld(new HoldPayment(order.dealId(), order.id(), charged.paymentId()))
        .thenCompose(
            found ->
                stateOf(found) == OrderState.PAID
                    ? counter.settleNow(order).thenApply(done -> endIf(done, End.CONFIRMED))
                    : notSold(order, charged.paymentId()));
  }

  private static OrderState stateOf(Optional<OrderSnapshot> found) {
    return found.map(it -> it.row().state()).orElse(OrderState.ABSENT);
  }

  /**
   * A charged order that the log cannot sell: it is cancelled, so that no report of the payment
   * buys it later, then refunded, and then its claim is released.
   */
  private CompletableFuture<End> notSold(Order order, @Nullable String paymentId) {
    return log.cancelHeld(order)
        .thenCompose(
            state ->
                switch (state) {
                  case CANCELLED, ABSENT, RETURNING, RETURNED -> refund(order, paymentId);
                  case PAID -> counter.settleNow(order).thenApply(done -> endIf(done, End.SETTLED));
                  default -> CompletableFuture.completedFuture(End.UNFINISHED);
                });
  }

  private CompletableFuture<End> refund(Order order, @Nullable String paymentId) {
    CompletableFuture<Boolean> refund =
        paymentId == null ? payments.refund(order) : payments.refund(order, paymentId);
    return refund.thenCompose(
        certain ->
            certain
                ? release(order, End.CANCELLED)
                : CompletableFuture.completedFuture(End.UNFINISHED));
  }

  private CompletableFuture<End> expire(Order order) {
    return log.expire(order)
        .thenCompose(
            state ->
                switch (state) {
                  case EXPIRED -> release(order, End.EXPIRED);
                  case PAID -> counter.settleNow(order).thenApply(done -> endIf(done, End.SETTLED));
                  case CANCELLED, ABSENT, RESERVED, RETURNING, RETURNED ->
                      release(order, End.RELEASED);
                  case HELD -> CompletableFuture.completedFuture(End.HELD); // extended meanwhile
                });
  }

  private CompletableFuture<End> release(Order order, End end) {
    return counter.release(order).thenApply(done -> endIf(done, end));
  }

  private static End endIf(boolean done, End end) {
    return done ? end : End.UNFINISHED;
  }
}
