package io.hotdeal.internal.batch;

import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import io.hotdeal.OrderKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The orders of one store call, each once, and the futures that wait for them. Filled by one
 * thread. After that any thread may complete it; the first result or failure counts.
 *
 * @param <I> what is sent of one order
 * @param <O> the result of one order
 */
final class Batch<I extends OrderKey, O> {

  private final int max;
  private final List<I> orders = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<Entry<I, O>> entries = new ArrayList<>();

  Batch(int max) {
    this.max = max;
  }

  /**
   * Adds an order, unless the batch is full or holds a different order of the same id, about which
   * the store has to decide in a separate call.
   *
   * @return whether it was added
   */
  boolean add(PendingOrder<I, O> next) {
    I order = next.order();
    Integer known = positions.get(order.id());
    if (known != null) {
      return contentOf(orders.get(known)).equals(contentOf(order))
          && entries.add(new Entry<>(next, known));
    }
    if (orders.size() == max) {
      return false;
    }
    positions.put(order.id(), orders.size());
    entries.add(new Entry<>(next, orders.size()));
    return orders.add(order);
  }

  /** Marks such as that of a first attempt are no part of an order's content. */
  private static Object contentOf(OrderKey item) {
    return item instanceof Order order ? order.asPossibleRetry() : item;
  }

  int size() {
    return orders.size();
  }

  /** The orders, each once, in the order of arrival. */
  List<I> orders() {
    return orders;
  }

  /** Completes every waiting future with its order's result. */
  void answer(List<O> answers) {
    if (answers.size() != orders.size()) {
      throw new IllegalStateException(
          orders.size() + " orders were given " + answers.size() + " answers");
    }
    for (Entry<I, O> entry : entries) {
      entry.pending.answer().complete(answers.get(entry.position));
    }
  }

  void fail(HotDealException cause) {
    entries.forEach(entry -> entry.pending.fail(cause));
  }

  /** A waiting order and its position in the call; duplicates share one position. */
  private record Entry<I extends OrderKey, O>(PendingOrder<I, O> pending, int position) {}
}
