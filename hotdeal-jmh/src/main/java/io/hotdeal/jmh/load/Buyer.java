package io.hotdeal.jmh.load;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Makes orders of one unit, each under an id that was never used before. Not thread-safe. */
final class Buyer {

  private final String name;
  private final String prefix;
  private final List<Deal> deals;
  private int orders;

  Buyer(String name, List<Deal> deals) {
    this.name = name;
    this.prefix = name + "-";
    this.deals = deals;
  }

  /** Any of the deals, by its position. */
  int someDeal() {
    return deals.size() == 1 ? 0 : ThreadLocalRandom.current().nextInt(deals.size());
  }

  /** A new order of that deal. */
  Order order(int deal) {
    return new Order(prefix + ++orders, deals.get(deal).id(), name, 1, true);
  }
}
