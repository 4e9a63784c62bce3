package io.hotdeal.internal.order;

import io.hotdeal.ChargeResult;
import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.internal.client.CounterClient;
import io.hotdeal.internal.client.CounterClient.Pass;
import io.hotdeal.internal.client.LogClient;
import io.hotdeal.internal.client.PaymentClient;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.resilience.ExpiringDealSet;
import io.hotdeal.internal.resilience.Failures;
import io.hotdeal.spi.OrderState;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The flow of one order, step by step, without blocking; that of a hold ends after the second step:
 *
 * <pre>
 *   1 claim    counter  keyed by the order id; a hint
 *   2 reserve  log      THE decision about stock, before any money moves
 *   3 charge   gateway  outside every lock and transaction; unknown: repeated with the same key
 *   4 confirm  log      RESERVED becomes PAID: the moment of sale. If CANCELLED: refund, decline
 *   5 settle   counter  housekeeping; may be lost, no buyer waits for it
 * </pre>
 *
 * <p>Declining is as durable as selling: the order is cancelled in the log first, and only then
 * refunded and released. An order that the log refuses was never reserved, and is released at once.
 * If another attempt has confirmed it meanwhile, that result is returned instead. Every step is
 * idempotent by order id, so that a retry, from any process, may start at any time. If a store
 * fails, nothing is undone: the claim and the row remain for the next attempt of the same id, or
 * for the resolver.
 *
 * <p>One order is refunded before it is cancelled: a charged one for whose row the log refuses
 * PAID. No sweep finds a CANCELLED row, and a claim may be lost, or there is no counter. So if it
 * were cancelled first, a refund that fails, or a crash before it, would leave a buyer who has paid
 * for nothing. With this order of steps the row stays RESERVED until the refund is certain, and is
 * found again. The price: if the log accepts PAID after it has refused it, before the row is
 * cancelled, a refunded order is sold. To exclude both takes a state that excludes PAID and that
 * sweeps find, as RETURNING is for sold orders. Held orders need none: their payments are reported
 * until answered.
 */
public final class OrderFlow {

  private static final Refusal SOLD_OUT = new Refusal.SoldOut(0);

  private final CounterClient counter;
  private final LogClient log;
  private final PaymentClient payments;
  private final ExpiringDealSet soldOut;
  private final SoldOutEvents soldOutEvents;

  public OrderFlow(
      CounterClient counter,
      LogClient log,
      PaymentClient payments,
      ExpiringDealSet soldOut,
      EventPublisher events) {
    this.counter = counter;
    this.log = log;
    this.payments = payments;
    this.soldOut = soldOut;
    this.soldOutEvents = new SoldOutEvents(events);
  }

  /** The cached refusal, which costs no store call and no allocation, or null if there is none. */
  public @Nullable OrderResult fromCache(Order order) {
    return order.firstAttempt() && soldOut.contains(order.dealId()) ? SOLD_OUT : null;
  }

  /** Removes a deal from the sold-out cache. */
  public void invalidate(String dealId) {
    soldOut.remove(dealId);
  }

  /** Forgets a deal that is purged. */
  public void forget(String dealId) {
    soldOut.remove(dealId);
    soldOutEvents.forget(dealId);
  }

  /** Runs the order to its result; fails with a {@link HotDealException}. */
  public CompletableFuture<OrderResult> run(Order order) {
    NothingHappenedException logDown = log.refusal(order.dealId());
    if (logDown != null) {
      return CompletableFuture.failedFuture(logDown);
    }
    boolean wasSoldOut = soldOutEvents.isSoldOut(order.dealId());
    CompletableFuture<OrderResult> result =
        counter.claim(unheld(order)).thenCompose(pass -> afterClaim(order, pass));
    return wasSoldOut ? result.thenApply(it -> afterSoldOut(order, it)) : result;
  }

  /**
   * A hold is claimed like any order first: should it never reach the log, its claim is overdue
   * after the deal's hold, and not only after the time to pay.
   */
  private static Order unheld(Order order) {
    return order.isHold() ? order.withPayWithin(Duration.ZERO) : order;
  }

  /**
   * Only a sale to an order that started after the deal was sold out proves that there are units
   * again.
   */
  private OrderResult afterSoldOut(Order order, OrderResult result) {
    if ((result instanceof OrderResult.Placed placed && !placed.replayed())
        || (result instanceof OrderResult.Held held && !held.replayed())) {
      soldOutEvents.available(order.dealId());
    }
    return result;
  }

  /**
   * For a first attempt the counter's refusal is the result: nothing was taken anywhere. A retry
   * goes on to the log, because an earlier attempt may have been sold although the counter lost its
   * claim. An unknown deal is an exception: that was read from the log itself.
   */
  private CompletableFuture<OrderResult> afterClaim(Order order, Pass pass) {
    Refusal refusal = pass.refusal();
    if (refusal == null || (!order.firstAttempt() && mayHideASale(refusal))) {
      return reserve(order, pass);
    }
    return completed(noted(order, refusal));
  }

  private static boolean mayHideASale(Refusal refusal) {
    return !(refusal instanceof Refusal.UnknownDeal);
  }

  /**
   * If a claim may be held, this attempt had an effect, even if the reservation certainly had none.
   */
  private CompletableFuture<OrderResult> reserve(Order order, Pass pass) {
    CompletableFuture<ReserveResult> reserved = log.reserve(order);
    return (pass.mayHoldClaim()
            ? reserved.exceptionallyCompose(
                broken -> unknown(order, "may be claimed, but is not known to be reserved", broken))
            : reserved)
        .thenCompose(result -> afterReserve(order, pass, result));
  }

  private CompletableFuture<OrderResult> afterReserve(
      Order order, Pass pass, ReserveResult result) {
    if (result instanceof ReserveResult.Reserved reserved) {
      return log.writtenAs() == OrderState.PAID
          ? completed(sold(order, reserved.remaining(), false))
          : charge(order, reserved.remaining(), false);
    } else if (result instanceof ReserveResult.Held held) {
      return completed(held(order, pass, held));
    } else if (result instanceof ReserveResult.Already already) {
      return afterAlready(order, pass, already);
    } else if (result instanceof Refusal refusal) {
      return refusedByLog(order, pass, refusal);
    }
    return rejected(order, pass, ((ReserveResult.Rejected) result).cause());
  }

  /** The claim's deadline is moved to the hold's; if that is lost, the resolver makes up for it. */
  private OrderResult held(Order order, Pass pass, ReserveResult.Held held) {
    if (pass.mayHoldClaim()) {
      var unused = counter.postpone(order);
    }
    return new OrderResult.Held(order, held.until(), held.remaining(), false);
  }

  private CompletableFuture<OrderResult> afterAlready(
      Order order, Pass pass, ReserveResult.Already already) {
    return switch (already.state()) {
      case PAID -> completed(sold(order, already.remaining(), true));
      case RESERVED -> charge(order, already.remaining(), true);
      case HELD ->
          completed(new OrderResult.Held(order, untilOf(already), already.remaining(), true));
      case EXPIRED -> ended(order, pass, new OrderResult.Expired(order, untilOf(already)));
      case CANCELLED, ABSENT -> voided(order, "cancelled before");
      case RETURNING, RETURNED ->
          ended(
              order, pass, new OrderResult.Returned(order, already.state() == OrderState.RETURNED));
    };
  }

  /** The log has given the units back already: a claim that this attempt made is released. */
  private CompletableFuture<OrderResult> ended(Order order, Pass pass, OrderResult result) {
    return pass.mayHoldClaim()
        ? counter.release(order).thenApply(done -> result)
        : completed(result);
  }

  private static Instant untilOf(ReserveResult.Already already) {
    return Objects.requireNonNull(already.until());
  }

  /**
   * The counter passed the order. If that shows that it is wrong about the units, the buyer's limit
   * or a close, it is corrected. The claim is released at once, because otherwise its units could
   * not be sold until it is overdue. That is safe without a tombstone: if another attempt of the
   * same id is reserved after all, the counter offers too many units for a while, and the log
   * refuses the orders in excess.
   */
  private CompletableFuture<OrderResult> refusedByLog(Order order, Pass pass, Refusal refusal) {
    OrderResult result = noted(order, refusal);
    if (!pass.mayHoldClaim()) {
      return completed(result);
    }
    return counter
        .release(order)
        .thenApply(
            done -> {
              if (!refusal.equals(SOLD_OUT)) {
                soldOut.remove(order.dealId()); // the released units are offered again
              }
              counter.correctAfter(order, refusal);
              return result;
            });
  }

  private CompletableFuture<OrderResult> rejected(
      Order order, Pass pass, NothingHappenedException cause) {
    if (!pass.mayHoldClaim()) {
      return CompletableFuture.failedFuture(cause);
    }
    return neverCharged(order)
        .thenCompose(
            certain ->
                certain
                    ? cancelThen(order, state -> afterRejection(order, state, cause))
                    : unknown(order, "is rejected, but another attempt may have paid", cause));
  }

  /**
   * Where the log keeps a tombstone, the id is declined for ever; without one, nothing happened.
   */
  private CompletableFuture<OrderResult> afterRejection(
      Order order, OrderState state, NothingHappenedException cause) {
    return state == OrderState.CANCELLED
        ? released(order, "rejected by the order log: " + cause.getMessage())
        : counter
            .release(order)
            .thenCompose(done -> CompletableFuture.<OrderResult>failedFuture(cause));
  }

  /**
   * Another attempt's row may have been accepted although this one's was rejected. Its charge is
   * resolved before the row is cancelled, because sweeps do not search CANCELLED rows for charges.
   */
  private CompletableFuture<Boolean> neverCharged(Order order) {
    return log.writtenAs() == OrderState.PAID
        ? CompletableFuture.completedFuture(true)
        : payments.statusOrVoid(order).thenApply(result -> result instanceof ChargeResult.Declined);
  }

  private CompletableFuture<OrderResult> charge(Order order, long remaining, boolean replayed) {
    return payments
        .charge(order)
        .thenCompose(
            result -> {
              if (result instanceof ChargeResult.Charged) {
                return confirm(order, remaining, replayed);
              } else if (result instanceof ChargeResult.Declined declined) {
                return cancelThen(order, cancelled -> released(order, declined.reason()));
              }
              return unknown(order, "is reserved, its payment in doubt: " + result, null);
            });
  }

  private CompletableFuture<OrderResult> confirm(Order order, long remaining, boolean replayed) {
    return log.confirm(order)
        .exceptionallyCompose(broken -> unknown(order, "is charged, but not yet confirmed", broken))
        .thenCompose(
            state ->
                switch (state) {
                  case PAID -> completed(sold(order, remaining, replayed));
                  case RESERVED -> neverPaid(order);
                  case CANCELLED, ABSENT -> cancelThen(order, cancelled -> refunded(order));
                  case RETURNING, RETURNED -> reserve(order, Pass.WITH_CLAIM);
                  case HELD, EXPIRED -> unknown(order, "is charged, but its row is " + state, null);
                });
  }

  /**
   * The log refuses PAID for this row: first the charge is refunded, then the row is cancelled, so
   * that the row is found again as long as the refund is in doubt. See the comment of this class.
   */
  private CompletableFuture<OrderResult> neverPaid(Order order) {
    return payments
        .refund(order)
        .thenCompose(
            certain ->
                certain
                    ? cancelThen(
                        order, cancelled -> released(order, "the order log refuses the sale"))
                    : unknown(order, "is charged, cannot be confirmed, its refund in doubt", null));
  }

  /**
   * Cancels the order, and continues only if no other attempt was confirmed; otherwise returns the
   * result of that attempt.
   */
  private CompletableFuture<OrderResult> cancelThen(
      Order order, Function<OrderState, CompletableFuture<OrderResult>> whenCancelled) {
    return log.cancel(order)
        .exceptionallyCompose(broken -> unknown(order, "is refused, but not yet cancelled", broken))
        .thenCompose(
            state ->
                switch (state) {
                  case PAID, HELD, EXPIRED, RETURNING, RETURNED ->
                      reserve(order, Pass.WITH_CLAIM); // returns what another attempt did
                  case CANCELLED, ABSENT -> whenCancelled.apply(state);
                  case RESERVED -> completed(new Refusal.Conflict());
                });
  }

  private CompletableFuture<OrderResult> refunded(Order order) {
    return releasedIf(payments.refund(order), order, "cancelled while its payment was under way");
  }

  /** Another attempt may have charged the buyer and ended before the refund. */
  private CompletableFuture<OrderResult> voided(Order order, String reason) {
    return releasedIf(payments.voidOrRefund(order), order, reason);
  }

  private CompletableFuture<OrderResult> releasedIf(
      CompletableFuture<Boolean> noMoneyKept, Order order, String reason) {
    return noMoneyKept.thenCompose(
        certain ->
            certain
                ? released(order, reason)
                : unknown(order, "is cancelled, its refund in doubt", null));
  }

  private OrderResult sold(Order order, long remaining, boolean replayed) {
    var unused = counter.settle(order);
    return new OrderResult.Placed(order, remaining, replayed);
  }

  /** Notes that units of a deal are on sale again. */
  void available(String dealId) {
    soldOut.remove(dealId);
    soldOutEvents.available(dealId);
  }

  /** The result of a cancelled order, after its units are released at the counter. */
  CompletableFuture<OrderResult> released(Order order, String reason) {
    available(order.dealId());
    return counter.release(order).thenApply(done -> new OrderResult.Declined(reason));
  }

  private OrderResult noted(Order order, Refusal refusal) {
    if (refusal.equals(SOLD_OUT)) {
      soldOut.add(order.dealId());
      soldOutEvents.soldOut(order.dealId());
    }
    return refusal;
  }

  private static <T> CompletableFuture<T> unknown(
      Order order, String how, @Nullable Throwable cause) {
    return CompletableFuture.failedFuture(
        new OutcomeUnknownException(
            "order " + order.id() + " of deal " + order.dealId() + " " + how,
            cause == null ? null : Failures.of(cause)));
  }

  private static CompletableFuture<OrderResult> completed(OrderResult result) {
    return CompletableFuture.completedFuture(result);
  }
}
