package io.hotdeal.contract;

import io.hotdeal.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** The orders of an event: who wants what, how often they ask, in which order they come. */
public final class Crowd {

  /** How many threads bring the orders. */
  public static final int THREADS = 64;

  private static final AtomicLong DEALS = new AtomicLong();
  private static final long RUN = System.nanoTime();

  private Crowd() {}

  /** A deal id that no other test has, in no earlier run on the same store either. */
  public static String freshDealId() {
    return "deal-" + Long.toHexString(RUN) + "-" + DEALS.incrementAndGet();
  }

  /** One unit each, for buyers who come once. */
  public static List<Order> orders(String dealId, int count) {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      orders.add(Order.of("order-" + i, dealId, "buyer-" + i, 1));
    }
    return orders;
  }

  /**
   * So many orders in so many calls: every order once, and duplicates of some until the calls are
   * full, shuffled, in lists of one to eight.
   */
  public static List<List<Order>> callsWithDuplicates(List<Order> orders, int calls, long seed) {
    Random random = new Random(seed);
    List<Order> all = new ArrayList<>(orders);
    while (all.size() < calls) {
      all.add(orders.get(random.nextInt(orders.size())));
    }
    Collections.shuffle(all, random);
    List<List<Order>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); ) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(8));
      batches.add(List.copyOf(all.subList(from, to)));
      from = to;
    }
    return batches;
  }
}
