package io.hotdeal.faults;

import io.hotdeal.Order;

/**
 * The orders of a deal, derived from their ids alone, so that an order can be sent again by its id.
 *
 * @param buyers how many different buyers there are
 * @param mostUnits of one order
 */
record Orders(String dealId, int buyers, int mostUnits) {

  static Orders of(String dealId) {
    return new Orders(dealId, 5_000, 3);
  }

  Order order(String id) {
    int hash = Math.abs(id.hashCode() * 31 / 7);
    return Order.of(id, dealId, "buyer-" + hash % buyers, 1 + hash / buyers % mostUnits);
  }
}
