package io.hotdeal.jmh.load;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Creates orders of one unit, each under a new id, all of one buyer. Not thread-safe. */
public final class OrderSource {

  private final String buyerId;
  private final String prefix;
  private final List<Deal> deals;
  private int orders;

  OrderSource(String buyerId, List<Deal> deals) {
    this.buyerId = buyerId;
    this.prefix = buyerId + "-";
    this.deals = deals;
  }

  /** The position of a deal chosen at random. */
  public int randomDeal() {
    return deals.size() == 1 ? 0 : ThreadLocalRandom.current().nextInt(deals.size());
  }

  /** A new order of the deal at that position. */
  public Order order(int deal) {
    return new Order(prefix + ++orders, deals.get(deal).id(), buyerId, 1, true, Duration.ZERO);
  }

  /** Several new orders of one deal. */
  public List<Order> orders(int deal, int count) {
    return IntStream.range(0, count).mapToObj(i -> order(deal)).toList();
  }
}
