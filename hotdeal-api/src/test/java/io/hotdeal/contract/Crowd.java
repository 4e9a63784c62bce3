package io.hotdeal.contract;

import io.hotdeal.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Generates the orders of a test: their buyers and units, their duplicates and their sequence. */
public final class Crowd {

  /** How many threads send the orders. */
  public static final int THREADS = 64;

  private static final AtomicLong DEALS = new AtomicLong();
  private static final long RUN = System.nanoTime();

  private Crowd() {}

  /** A deal id that is unique among all tests and all runs on the same store. */
  public static String freshDealId() {
    return "deal-" + Long.toHexString(RUN) + "-" + DEALS.incrementAndGet();
  }

  /** Orders of one unit each, with a different buyer each. */
  public static List<Order> orders(String dealId, int count) {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      orders.add(Order.of("order-" + i, dealId, "buyer-" + i, 1));
    }
    return orders;
  }

  /**
   * Every order once, and random duplicates until there are {@code calls} orders in all, shuffled,
   * and split into lists of one to eight, one list per store call.
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
