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
 * Finishes one order that its process did not finish, by the row that the log has of it:
 *
 * <pre>
 *   PAID              settle
 *   CANCELLED         see that no money is kept; release
 *   RESERVED, no row  end the charge; charged: confirm, settle; not charged: cancel, release
 *   another's row     release: under this id it never will be sold
 *   refused row       release: the log can hold neither a row of it nor a tombstone
 * </pre>
 *
 * <p>The charge is ended before the row is cancelled, so that a CANCELLED row never hides money: a
 * crash between the two leaves a row that the next sweep finds again. Where there was no row, the
 * cancel leaves a tombstone, and the reservation that may still be under way fails; to look again,
 * instead, would prove nothing. Every step is idempotent, so any number may finish the same order,
 * beside its buyer.
 */
public final class OrderRecovery {

  /** How an order ended. */
  public enum End {
    CONFIRMED,
    CANCELLED,
    SETTLED,
    RELEASED,
    UNFINISHED
  }

  private final CounterClient counter;
  private final LogClient log;
  private final PaymentClient payments;

  public OrderRecovery(CounterClient counter, LogClient log, PaymentClient payments) {
    this.counter = counter;
    this.log = log;
    this.payments = payments;
  }

  /**
   * Finishes the order.
   *
   * @param row what the log had of it a moment ago
   * @return fails with a {@link HotDealException} where a store does
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
      case RESERVED, ABSENT -> decide(order);
    };
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
   * Charged, and no sale: where its row still is RESERVED, the money goes back before the units.
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
                  case RESERVED -> release(order, End.RELEASED); // another's row
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
