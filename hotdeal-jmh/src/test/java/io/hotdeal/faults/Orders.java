package io.hotdeal.faults;

import io.hotdeal.Order;

/** What an order asks for, by its id alone: whoever knows the id can send it again. */
final class Orders {

  private static final int BUYERS = 5_000;

  private Orders() {}

  static Order of(String dealId, String id) {
    int hash = Math.abs(id.hashCode() * 31 / 7);
    return Order.of(id, dealId, "buyer-" + hash % BUYERS, 1 + hash / BUYERS % 3);
  }
}
