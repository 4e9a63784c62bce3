package io.hotdeal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happens in a {@link HotDeal}: the place for metrics, tracing and alerts.
 *
 * <p>Every method does nothing by default. Methods are called on the threads that do the work,
 * often concurrently, and must neither block nor take long; what they throw is logged and has no
 * other effect. The library's own warnings are a listener that is always there. Where no other
 * listener is set, frequent events cost nothing: no clock is read and no event is created.
 */
public interface HotDealListener {

  /** The two stores. */
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
   * An order ended: with a {@link OrderResult.Placed}, a {@link OrderResult.Declined}, a {@link
   * Refusal}, or a failure. A caller of {@link HotDeal#order} whose time-out is over first does not
   * hear of the event's result.
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

  /**
   * A batched store call ended.
   *
   * @param verb {@code reserve}, {@code confirm} or {@code cancel} of the order log; {@code claim},
   *     {@code settle} or {@code release} of the stock counter
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
   * @param threshold how long a call may take
   */
  record SlowCall(Store store, String dealId, Duration threshold) {}

  /** An order was answered. */
  default void orderCompleted(OrderCompleted event) {}

  /** A batched store call ended. */
  default void batchCompleted(BatchCompleted event) {}

  /** A store call failed in a way that counts as a failure of the store. */
  default void storeCallFailed(Store store, HotDealException failure) {}

  /** A store call exceeded its threshold and is still under way. */
  default void callSlow(SlowCall event) {}

  /** A call that had exceeded its threshold ended. */
  default void slowCallEnded(SlowCall event) {}

  /** A circuit breaker opened: the store is not called until a probe succeeds. */
  default void breakerOpened(Store store, HotDealException cause) {}

  /** A circuit breaker closed: the store answers again. */
  default void breakerClosed(Store store) {}

  /**
   * An order was refused because nothing is left, for the first time since units were available.
   */
  default void soldOut(String dealId) {}

  /** Units of a deal that was sold out came back, or were sold to an order that came after that. */
  default void reopened(String dealId) {}

  /** A sweep ended; its report says what it found and what it left. */
  default void sweepCompleted(SweepReport report) {}

  /**
   * A scheduled sweep of a deal failed as a whole, or a round of sweeps did: then without a deal.
   */
  default void sweepFailed(@Nullable String dealId, Throwable failure) {}

  /** The counter of a deal was compared with its log. */
  default void reconciled(Reconciliation reconciliation) {}

  /** A refund could not be confirmed: check it by hand unless a later sweep reports it done. */
  default void refundInDoubt(Order order, String reason) {}
}
