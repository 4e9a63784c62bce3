package io.hotdeal.internal.batch;

import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import io.hotdeal.OrderKey;
import io.hotdeal.spi.PartialFailureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private final Map<Key, Integer> positions = new HashMap<>();
  private final List<Entry<I, O>> entries = new ArrayList<>();
  private @Nullable String movedTo;
  private boolean ended;

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
    Key key = new Key(order.dealId(), order.id());
    Integer known = positions.get(key);
    if (known != null) {
      return contentOf(orders.get(known)).equals(contentOf(order))
          && entries.add(new Entry<>(next, known));
    }
    if (orders.size() == max) {
      return false;
    }
    positions.put(key, orders.size());
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

  /** The deals of the orders. */
  Set<String> dealIds() {
    return ordersByDeal().keySet();
  }

  /** How many orders there are of each deal. */
  Map<String, Integer> ordersByDeal() {
    Map<String, Integer> counts = new HashMap<>();
    orders.forEach(order -> counts.merge(order.dealId(), 1, Integer::sum));
    return counts;
  }

  /**
   * Lets another lane wait for this call.
   *
   * @return false if the call has ended
   */
  synchronized boolean moveTo(String lane, Runnable adoption) {
    if (ended) {
      return false;
    }
    adoption.run();
    movedTo = lane;
    return true;
  }

  /** Notes that the call has ended; returns the lane to which it was moved, if it was. */
  synchronized @Nullable String end() {
    ended = true;
    return movedTo;
  }

  /** Completes every waiting future with its order's result. */
  void answer(List<O> answers) {
    requireOneEach(answers);
    for (Entry<I, O> entry : entries) {
      entry.pending.answer().complete(answers.get(entry.position));
    }
  }

  /**
   * Completes the futures of those orders that have a result.
   *
   * @return the others
   */
  @SuppressWarnings("unchecked") // the results of this batch's call are of its type
  List<PendingOrder<I, O>> answer(PartialFailureException partial) {
    requireOneEach(partial.results());
    List<PendingOrder<I, O>> others = new ArrayList<>();
    for (Entry<I, O> entry : entries) {
      Object result = partial.results().get(entry.position);
      if (result == null) {
        others.add(entry.pending);
      } else {
        entry.pending.answer().complete((O) result);
      }
    }
    return others;
  }

  private void requireOneEach(List<?> answers) {
    if (answers.size() != orders.size()) {
      throw new IllegalStateException(
          orders.size() + " orders were given " + answers.size() + " answers");
    }
  }

  void fail(HotDealException cause) {
    entries.forEach(entry -> entry.pending.fail(cause));
  }

  private record Key(String dealId, String id) {}

  /** A waiting order and its position in the call; duplicates share one position. */
  private record Entry<I extends OrderKey, O>(PendingOrder<I, O> pending, int position) {}
}
