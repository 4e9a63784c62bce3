package io.hotdeal.model.hold;

import io.hotdeal.spi.OrderState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole state at one instant.
 *
 * @param left the units left in the log
 * @param closed whether the deal is closed
 */
record HoldState(int left, boolean closed, List<HeldOrder> orders) {

  HoldState {
    orders = List.copyOf(orders);
  }

  static HoldState of(int units, int orders) {
    return new HoldState(units, false, java.util.Collections.nCopies(orders, HeldOrder.NEW));
  }

  HoldState with(int order, HeldOrder state, int moreLeft) {
    List<HeldOrder> all = new ArrayList<>(orders);
    all.set(order, state);
    return new HoldState(left + moreLeft, closed, all);
  }

  HoldState close() {
    return new HoldState(left, true, orders);
  }

  /** The invariant that does not hold, or null. */
  @Nullable String broken(int units) {
    long taken = orders.stream().filter(it -> it.row().takesUnits()).count();
    if (left < 0 || left + taken != units) {
      return taken + " units are taken and " + left + " are left of " + units;
    }
    for (HeldOrder order : orders) {
      String broken = broken(order);
      if (broken != null) {
        return broken;
      }
    }
    return null;
  }

  private static @Nullable String broken(HeldOrder order) {
    if (order.row() == OrderState.EXPIRED && !order.overdue()) {
      return "expired before its deadline";
    }
    boolean ended = order.row() == OrderState.EXPIRED || order.row() == OrderState.CANCELLED;
    if (ended && order.session() == HeldOrder.Session.OPEN) {
      return order.row() + ", and can still be paid on its page";
    }
    if (order.told().declined() && order.row() != OrderState.CANCELLED) {
      return "told Declined, and " + order.row();
    }
    if (order.told().returned() && (order.row() != OrderState.RETURNED || !order.isRefunded())) {
      return "told Returned, and is " + order.row() + ", or not refunded";
    }
    for (int payment = 0; payment < HeldOrder.PAYMENTS; payment++) {
      boolean buys = order.row() == OrderState.PAID && order.paidBy() == payment;
      if (buys && order.payments().get(payment) != HeldOrder.Payment.MADE) {
        return "PAID by a payment that is " + order.payments().get(payment);
      }
      boolean bought = order.wasSold() && order.paidBy() == payment;
      if (order.told().placed(payment) && !bought) {
        return "told Placed, and " + order.row() + " by " + order.paidBy();
      }
      if (order.told().refused(payment) && bought) {
        return "told that its payment is refused, and PAID by it";
      }
    }
    return null;
  }

  /** What does not hold once everything has come to its end, or null. */
  @Nullable String brokenInTheEnd() {
    for (HeldOrder order : orders) {
      if (order.row() == OrderState.HELD || order.row() == OrderState.RETURNING) {
        return order.row() + " for ever";
      }
      for (int payment = 0; payment < HeldOrder.PAYMENTS; payment++) {
        boolean buys = order.row() == OrderState.PAID && order.paidBy() == payment;
        boolean kept = order.payments().get(payment) == HeldOrder.Payment.MADE;
        if (kept && !buys) {
          return order.row() + ", and keeps payment " + payment;
        }
      }
    }
    return null;
  }
}
