package io.hotdeal.memory;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import java.util.HashMap;
import java.util.Map;

/** The units that each buyer holds of one deal. */
final class BuyerUnits {

  private final Map<String, Long> units = new HashMap<>();

  boolean wouldPassLimit(Deal deal, Order order) {
    return deal.limitPerBuyer() > 0
        && units.getOrDefault(order.buyerId(), 0L) + order.quantity() > deal.limitPerBuyer();
  }

  void take(Order order) {
    units.merge(order.buyerId(), order.quantity(), Long::sum);
  }

  void giveBack(Order order) {
    units.computeIfPresent(order.buyerId(), (id, held) -> Math.max(0, held - order.quantity()));
  }
}
