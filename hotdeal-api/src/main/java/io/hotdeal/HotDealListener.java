package io.hotdeal;

import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happens in a {@link HotDeal}: the place for metrics, tracing and alerts.
 *
 * <p>Every method does nothing by default. Methods are called on the threads that do the work:
 * those of the stores, of the payment gateway and of the timer, and those of callers. They are
 * called concurrently, and must neither block nor take long, because what follows the event waits
 * for them: the answer of an order for {@link #orderCompleted}, the orders of a batch for {@link
 * #batchCompleted}, and everything that is timed for {@link #callSlow}.
 *
 * <p>What a method throws is logged, each time with its stack trace, and has no other effect: the
 * order goes on, and the other listeners are told. Listeners are told in the order in which they
 * were added.
 *
 * <p>The library's own warnings are a listener that is always there, and the first one. Where no
 * other listener is set, frequent events cost nothing, neither a reading of the clock nor an
 * object: {@link #orderCompleted}, {@link #holdCompleted}, {@link #batchCompleted}, {@link
 * #orderDecided}, {@link #soldOut} and {@link #reopened}.
 *
 * <p>A listener hears its HotDeal, as this process sees it: what other processes do to the same
 * deal is not an event here. An {@link AsyncStockCounter} and a {@link Reconciler} publish none.
 */
public interface HotDealListener {

  /**
   * The two stores: {@code toString} is the text of messages, {@code name} suits a metric's tag.
   */
  enum Store {
    ORDER_LOG("order log"),
    STOCK_COUNTER("stock counter");

    private final String text;

    Store(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * An order or a hold ended: with a {@link OrderResult}, or a failure. There is one for each call
   * of {@link HotDeal#order}, {@link HotDeal#hold}, {@link HotDeal#orderAsync} and {@link
   * HotDeal#holdAsync}, also for one that was refused at once. If the time-out of a caller of
   * {@link HotDeal#order} is over first, that caller gets an exception, and the event comes later.
   *
   * @param result null where it failed
   * @param failure null where it has a result
   * @param elapsed since the order came in; zero where the sold-out cache answered
   */
  record OrderCompleted(
      Order order,
      @Nullable OrderResult result,
      @Nullable HotDealException failure,
      Duration elapsed) {}

  /** The steps of an order after the hold or the sale itself. */
  enum HoldVerb {
    EXTEND,
    CONFIRM,
    CANCEL,
    GIVE_BACK
  }

  /**
   * A call of {@link HotDeal#extend}, {@link HotDeal#confirm}, {@link HotDeal#cancel} or {@link
   * HotDeal#giveBack} ended, blocking or not. A {@link HotDeal#hold} is an {@link OrderCompleted}.
   *
   * @param result null where it failed
   * @param failure null where it has a result
   * @param elapsed since the call
   */
  record HoldCompleted(
      HoldVerb verb,
      String dealId,
      String orderId,
      @Nullable OrderResult result,
      @Nullable HotDealException failure,
      Duration elapsed) {}

  /**
   * The log has decided an order by a call of this process, whoever asked for it: a buyer, a
   * webhook or the resolver. As {@link DealEvent} in the outbox, but only in this process, not
   * stored, and sometimes twice: a call that finds an order in this state cannot always tell who
   * brought it there.
   *
   * @param state PAID, CANCELLED, EXPIRED, or RETURNING or RETURNED for an order that is given back
   * @param paymentId the payment that bought a held order; null for any other
   */
  record OrderDecided(Order order, OrderState state, @Nullable String paymentId) {

    /** The event of a row with a new state. */
    public static OrderDecided of(OrderRecord row) {
      return new OrderDecided(row.order(), row.state(), row.paymentId());
    }
  }

  /**
   * A batched store call ended.
   *
   * @param verb {@code reserve}, {@code confirm}, {@code cancel}, {@code confirmHeld}, {@code
   *     extend}, {@code cancelHeld}, {@code expire}, {@code giveBack} or {@code finishReturns} of
   *     the order log; {@code claim}, {@code postpone}, {@code settle}, {@code release} or {@code
   *     giveBack} of the stock counter
   * @param dealId the deal, or an empty text if it was of several
   * @param orders how many different orders it carried
   * @param elapsed of the call alone, without the time that orders waited for it
   * @param failure null where it returned
   */
  record BatchCompleted(
      Store store,
      String verb,
      String dealId,
      int orders,
      Duration elapsed,
      @Nullable HotDealException failure) {}

  /**
   * A store call exceeded its threshold, or ended after that.
   *
   * @param dealId the deal, or an empty text if it is of several
   * @param threshold how long a call may take
   */
  record SlowCall(Store store, String dealId, Duration threshold) {}

  /** An order ended. */
  default void orderCompleted(OrderCompleted event) {}

  /** A step of a held order ended. */
  default void holdCompleted(HoldCompleted event) {}

  /** The log has decided an order. */
  default void orderDecided(OrderDecided event) {}

  /** Events of a deal were delivered to a consumer, or could not be. */
  default void eventsDelivered(DeliveryReport report) {}

  /** A batched store call ended. */
  default void batchCompleted(BatchCompleted event) {}

  /**
   * A store call failed in a way that counts as a failure of the store. Published for the calls
   * that a circuit breaker guards: the batched ones of the log; of the counter {@code claim}, and
   * opening, closing and purging a deal. A failed batch of these also shows in {@link
   * #batchCompleted}; one of {@code settle} or {@code release} shows there alone. A failed
   * operation on a deal at the log is its caller's exception, and no event.
   */
  default void storeCallFailed(Store store, HotDealException failure) {}

  /** A store call exceeded its threshold and is still under way. Called on the timer's thread. */
  default void callSlow(SlowCall event) {}

  /** A call that had exceeded its threshold ended. */
  default void slowCallEnded(SlowCall event) {}

  /** A circuit breaker opened: new orders do not call the store until a probe succeeds. */
  default void breakerOpened(Store store, HotDealException cause) {}

  /** A circuit breaker closed: the store answers again. */
  default void breakerClosed(Store store) {}

  /**
   * An order was refused because nothing is left, for the first time since units were available.
   */
  default void soldOut(String dealId) {}

  /** Units of a deal that was sold out came back, or were sold to an order that came after that. */
  default void reopened(String dealId) {}

  /**
   * A sweep ended, scheduled or not; its report says what it found and what it left. On a schedule,
   * one process at a time sweeps a deal, and only deals with work are swept, see {@link Resolver}.
   */
  default void sweepCompleted(SweepReport report) {}

  /**
   * A scheduled sweep of a deal failed as a whole. The failure of any other sweep is its caller's
   * exception.
   *
   * @param dealId null if a whole round failed, because its deals could not be listed, or the log
   *     could not tell which process has them
   */
  default void sweepFailed(@Nullable String dealId, Throwable failure) {}

  /** The counter of a deal was compared with its log. */
  default void reconciled(Reconciliation reconciliation) {}

  /** A refund could not be confirmed: check it by hand unless a later sweep reports it done. */
  default void refundInDoubt(Order order, String reason) {}
}
