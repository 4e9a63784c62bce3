package io.hotdeal.internal.order;

import io.hotdeal.ChargeResult;
import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import io.hotdeal.internal.client.CounterClient;
import io.hotdeal.internal.client.LogClient;
import io.hotdeal.internal.client.PaymentClient;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The recovery of one order that its process did not finish, depending on its row in the log:
 *
 * <pre>
 *   PAID              settle
 *   CANCELLED         void or refund the charge; release
 *   HELD              move the deadline of its claim: that in the log counts, see HoldRecovery
 *   EXPIRED           release
 *   RETURNING         release; its refund is completed by ReturnRecovery
 *   RETURNED          release
 *   RESERVED, no row  resolve the charge; charged: confirm, settle; not charged: cancel, release
 *   other order's row release: this order can never be sold under its id
 *   refused row       release: the log can hold neither a row of it nor a tombstone
 * </pre>
 *
 * <p>The charge is resolved before the row is cancelled, so that a CANCELLED row never hides a
 * charge: a crash between the two leaves a row that the next sweep finds again. If there was no
 * row, cancelling writes a tombstone, so that a reservation that may still be under way fails;
 * reading the log again, instead, would not exclude one. Every step is idempotent, so any number of
 * processes may finish the same order, concurrently with its buyer's attempts.
 */
public final class OrderRecovery {

  /** How an order ended. */
  public enum End {
    CONFIRMED,
    CANCELLED,
    EXPIRED,
    RETURNED,
    /** The hold goes on, and the store may return its row or claim as overdue again. */
    HELD,
    /** The hold goes on, and its claim is not overdue any more. */
    POSTPONED,
    SETTLED,
    RELEASED,
    UNFINISHED
  }

  private final CounterClient counter;
  private final LogClient log;
  private final PaymentClient payments;
  private final HoldRecovery holds;
  private final ReturnRecovery returns;

  public OrderRecovery(CounterClient counter, LogClient log, PaymentClient payments) {
    this.counter = counter;
    this.log = log;
    this.payments = payments;
    this.holds = new HoldRecovery(counter, log, payments);
    this.returns = new ReturnRecovery(counter, log, payments);
  }

  /** Ends a hold whose deadline has passed in the log. */
  public CompletableFuture<End> finishHold(Order order) {
    return holds.finish(order);
  }

  /** Completes the return of a RETURNING order. */
  public CompletableFuture<End> finishReturn(OrderRecord row) {
    return returns.finish(row).thenApply(complete -> complete ? End.RETURNED : End.UNFINISHED);
  }

  /**
   * Finishes the order.
   *
   * @param row the order's row, as just read from the log
   * @return fails with a {@link HotDealException} if a store call fails
   */
  public CompletableFuture<End> finish(Order order, Optional<OrderRecord> row) {
    if (row.isEmpty()) {
      return decide(order);
    }
    if (!row.get().order().sameContentAs(order)) {
      return release(order, End.RELEASED);
    }
    return switch (row.get().state()) {
      case PAID -> settle(order, End.SETTLED);
      case CANCELLED -> releaseIf(payments.voidOrRefund(order), order, End.RELEASED);
      case HELD -> postponeClaim(row.get());
      case EXPIRED, RETURNING, RETURNED -> release(order, End.RELEASED);
      case RESERVED, ABSENT -> decide(order);
    };
  }

  /** The deadline in the log counts; the claim's was not moved, and is now. */
  private CompletableFuture<End> postponeClaim(OrderRecord row) {
    return counter
        .postpone(HoldResults.wholeHold(row))
        .thenApply(done -> done ? End.POSTPONED : End.HELD);
  }

  private CompletableFuture<End> decide(Order order) {
    return payments
        .statusOrVoid(order)
        .thenCompose(
            result -> {
              if (result instanceof ChargeResult.Charged) {
                return confirm(order);
              }
              return result instanceof ChargeResult.Declined
                  ? cancel(order)
                  : CompletableFuture.completedFuture(End.UNFINISHED);
            });
  }

  private CompletableFuture<End> confirm(Order order) {
    return log.confirm(order)
        .thenCompose(
            state ->
                state == OrderState.PAID ? settle(order, End.CONFIRMED) : notSold(order, state));
  }

  /**
   * Ends an order that was charged but not confirmed. If its row is still RESERVED, it is refunded
   * before it is cancelled, for the reason given at {@link OrderFlow}.
   */
  private CompletableFuture<End> notSold(Order order, OrderState state) {
    return state != OrderState.RESERVED
        ? cancel(order)
        : payments
            .refund(order)
            .thenCompose(
                certain ->
                    certain ? cancel(order) : CompletableFuture.completedFuture(End.UNFINISHED));
  }

  private CompletableFuture<End> cancel(Order order) {
    return log.cancel(order)
        .thenCompose(
            state ->
                switch (state) {
                  case PAID -> settle(order, End.SETTLED);
                  case CANCELLED, ABSENT ->
                      releaseIf(payments.voidOrRefund(order), order, End.CANCELLED);
                  case RETURNING, RETURNED -> release(order, End.RELEASED);
                  case RESERVED -> release(order, End.RELEASED); // another order's row
                  case HELD, EXPIRED ->
                      CompletableFuture.completedFuture(End.UNFINISHED); // held meanwhile
                });
  }

  private CompletableFuture<End> releaseIf(
      CompletableFuture<Boolean> noMoneyKept, Order order, End end) {
    return noMoneyKept.thenCompose(
        certain ->
            certain ? release(order, end) : CompletableFuture.completedFuture(End.UNFINISHED));
  }

  private CompletableFuture<End> settle(Order order, End end) {
    return counter.settleNow(order).thenApply(done -> done ? end : End.UNFINISHED);
  }

  private CompletableFuture<End> release(Order order, End end) {
    return counter.release(order).thenApply(done -> done ? end : End.UNFINISHED);
  }
}
