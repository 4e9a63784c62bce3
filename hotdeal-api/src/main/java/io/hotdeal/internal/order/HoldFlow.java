package io.hotdeal.internal.order;

import io.hotdeal.ChargeResult;
import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.internal.client.CounterClient;
import io.hotdeal.internal.client.LogClient;
import io.hotdeal.internal.client.PaymentClient;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The flow of a held order after the hold, without blocking: extend, confirm or cancel, each by the
 * ids of deal and order alone.
 *
 * <pre>
 *   extend   log      moves the deadline; then the counter's
 *   confirm  log      HELD becomes PAID; EXPIRED too, if its units can be taken again
 *            gateway  refunds a payment that bought nothing
 *   cancel   gateway  voids the payment; if it was made already, confirms instead
 *            log      HELD becomes CANCELLED
 * </pre>
 *
 * <p>The log alone decides, so these calls may come at any time, repeatedly, in any order and from
 * any process. A payment is refunded only after the log has a final state that excludes it, so that
 * the same payment never buys the order later.
 */
public final class HoldFlow {

  private final CounterClient counter;
  private final LogClient log;
  private final PaymentClient payments;
  private final OrderFlow orders;

  /** Creates the flow; {@code orders} is that of the holds themselves. */
  public HoldFlow(CounterClient counter, LogClient log, PaymentClient payments, OrderFlow orders) {
    this.counter = counter;
    this.log = log;
    this.payments = payments;
    this.orders = orders;
  }

  // extend

  /** Moves the deadline of a held order; fails with a {@link HotDealException}. */
  public CompletableFuture<OrderResult> extend(HoldExtension extension) {
    return log.extend(extension).thenCompose(this::afterExtend);
  }

  private CompletableFuture<OrderResult> afterExtend(Optional<OrderSnapshot> found) {
    if (!HoldResults.isHold(found)) {
      return completed(HoldResults.notHeld(found));
    }
    OrderRecord row = found.get().row();
    if (row.state() == OrderState.HELD) {
      extendClaim(row);
    }
    return completed(HoldResults.standing(found.get()));
  }

  /** Best effort: an overdue claim of a held order is harmless, and no buyer waits for it. */
  private void extendClaim(OrderRecord row) {
    var unused = counter.postpone(HoldResults.wholeHold(row));
  }

  // confirm

  /** Sells a held order; fails with a {@link HotDealException}. */
  public CompletableFuture<OrderResult> confirm(HoldPayment payment) {
    return log.confirmHeld(payment)
        .thenCompose(
            found ->
                HoldResults.isHold(found)
                    ? afterConfirm(payment, found.get())
                    : completed(HoldResults.notHeld(found)));
  }

  private CompletableFuture<OrderResult> afterConfirm(HoldPayment payment, OrderSnapshot found) {
    OrderRecord row = found.row();
    return switch (row.state()) {
      case PAID ->
          isPaidBy(row, payment)
              ? completed(sold(found))
              : refused(payment, row.order(), OrderState.PAID);
      case RETURNING, RETURNED ->
          isPaidBy(row, payment)
              ? completed(HoldResults.standing(found))
              : refused(payment, row.order(), row.state());
      case CANCELLED -> refused(payment, row.order(), OrderState.CANCELLED);
      case HELD, EXPIRED, RESERVED, ABSENT -> neverSold(payment, row.order());
    };
  }

  private static boolean isPaidBy(OrderRecord row, HoldPayment payment) {
    return payment.paymentId() == null
        || row.paymentId() == null
        || payment.paymentId().equals(row.paymentId());
  }

  /**
   * An expired order that is sold after all has no claim any more: it takes its units from the
   * counter again before it is settled.
   */
  private OrderResult sold(OrderSnapshot found) {
    Order order = found.row().order();
    if (found.before() == OrderState.EXPIRED) {
      var unused = counter.claim(order).whenComplete((pass, broken) -> settle(order));
    } else {
      settle(order);
    }
    return new OrderResult.Placed(order, found.remaining(), found.before() == OrderState.PAID);
  }

  /** Best effort: no buyer waits for it. */
  private void settle(Order order) {
    var unused = counter.settle(order);
  }

  /**
   * The log refuses PAID for this row. It is cancelled before the payment is refunded: a report of
   * the same payment could buy it otherwise, once the log no longer refuses.
   */
  private CompletableFuture<OrderResult> neverSold(HoldPayment payment, Order order) {
    return log.cancelHeld(order)
        .thenCompose(
            state ->
                switch (state) {
                  case CANCELLED -> refundedAndReleased(payment, order);
                  case PAID -> confirm(payment); // another report was accepted meanwhile
                  default -> unknown(order, "is paid, and the log neither sells nor cancels it");
                });
  }

  private CompletableFuture<OrderResult> refundedAndReleased(HoldPayment payment, Order order) {
    return refused(payment, order, OrderState.CANCELLED)
        .thenCompose(result -> counter.release(order).thenApply(released -> result));
  }

  private CompletableFuture<OrderResult> refused(
      HoldPayment payment, Order order, OrderState state) {
    return refund(payment, order).thenApply(done -> refusedPayment(payment, order, state));
  }

  private OrderResult refusedPayment(HoldPayment payment, Order order, OrderState state) {
    return payment.paymentId() == null
        ? new OrderResult.Declined("refunded: the order is " + state)
        : new OrderResult.PaymentRefused(order, payment.paymentId(), state, payments.hasGateway());
  }

  /** Completes once the refund is certain, at once without a gateway. */
  private CompletableFuture<Boolean> refund(HoldPayment payment, Order order) {
    if (!payments.hasGateway()) {
      return CompletableFuture.completedFuture(false);
    }
    CompletableFuture<Boolean> refund =
        payment.paymentId() == null
            ? payments.refund(order)
            : payments.refund(order, payment.paymentId());
    return refund.thenCompose(
        certain ->
            certain
                ? CompletableFuture.completedFuture(true)
                : unknown(order, "cannot be sold for this payment, whose refund is in doubt"));
  }

  // cancel

  /** Cancels a held order; fails with a {@link HotDealException}. */
  public CompletableFuture<OrderResult> cancel(String dealId, String orderId, String reason) {
    return log.lookUp(dealId, orderId)
        .thenCompose(
            found ->
                HoldResults.isHold(found)
                    ? cancel(found.get(), reason)
                    : completed(HoldResults.notHeld(found)));
  }

  private CompletableFuture<OrderResult> cancel(OrderSnapshot found, String reason) {
    return switch (found.row().state()) {
      case HELD, EXPIRED -> voidThenCancel(found.row().order(), reason);
      case PAID, CANCELLED, RESERVED, ABSENT, RETURNING, RETURNED ->
          completed(HoldResults.standing(found));
    };
  }

  /** The payment is voided before the row is cancelled, so that no charge stays behind it. */
  private CompletableFuture<OrderResult> voidThenCancel(Order order, String reason) {
    if (!payments.hasGateway()) {
      return cancelHeld(order, reason);
    }
    return payments
        .statusOrVoid(order)
        .thenCompose(
            result -> {
              if (result instanceof ChargeResult.Charged charged) {
                return confirm(new HoldPayment(order.dealId(), order.id(), charged.paymentId()));
              }
              return result instanceof ChargeResult.Declined
                  ? cancelHeld(order, reason)
                  : unknown(order, "is not cancelled, its payment in doubt: " + result);
            });
  }

  private CompletableFuture<OrderResult> cancelHeld(Order order, String reason) {
    return log.cancelHeld(order)
        .thenCompose(
            state ->
                state == OrderState.CANCELLED
                    ? orders.released(order, reason)
                    : log.lookUp(order.dealId(), order.id())
                        .thenCompose(found -> afterCancel(order, found)));
  }

  private static CompletableFuture<OrderResult> afterCancel(
      Order order, Optional<OrderSnapshot> found) {
    return found.isPresent() && found.get().row().state() != OrderState.HELD
        ? completed(HoldResults.standing(found.get()))
        : unknown(order, "cannot be cancelled: the order log refuses it");
  }

  private static <T> CompletableFuture<T> unknown(Order order, String how) {
    return CompletableFuture.failedFuture(
        new OutcomeUnknownException(
            "order " + order.id() + " of deal " + order.dealId() + " " + how));
  }

  private static CompletableFuture<OrderResult> completed(@Nullable OrderResult result) {
    return CompletableFuture.completedFuture(result);
  }
}
