package io.hotdeal.faults;

import io.hotdeal.Order;

/**
 * What the orders of a deal ask for, by their ids alone: whoever knows an id can send it again.
 *
 * @param buyers how many different ones there are
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
