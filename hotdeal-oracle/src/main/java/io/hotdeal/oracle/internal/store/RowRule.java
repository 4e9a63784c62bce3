package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.spi.OrderState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which the rows of new orders are written. An order with {@link Order#payWithin} is
 * HELD, with a deadline, in both ports.
 *
 * @param status the status of every other order
 * @param decided whether that status is final
 * @param limitsHolds whether the deal's longest hold limits the deadline
 */
record RowRule(String status, boolean decided, boolean limitsHolds) {

  private static final String HELD = "HELD";

  /**
   * The rule of a counter, where all claims are HELD, most of them for as long as the deal says.
   */
  static final RowRule CLAIMS = new RowRule(HELD, false, false);

  /** The rule of a log. */
  static RowRule orders(OrderState as) {
    return new RowRule(as.name(), as.isFinal(), true);
  }

  NewRow rowOf(Order order, DealRow deal, Instant now) {
    return order.isHold()
        ? new NewRow(order, HELD, now, null, now.plus(holdOf(order, deal)))
        : new NewRow(order, status, now, decidedAt(now), null);
  }

  /** The time at which an order that is not a hold is decided; null if its status is not final. */
  @Nullable Instant decidedAt(Instant now) {
    return decided ? now : null;
  }

  private Duration holdOf(Order order, DealRow deal) {
    boolean shortened = limitsHolds && order.payWithin().compareTo(deal.deal().longestHold()) > 0;
    return shortened ? deal.deal().longestHold() : order.payWithin();
  }
}
