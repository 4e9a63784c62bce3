package io.hotdeal.internal.batch;

import io.hotdeal.OrderKey;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;

/**
 * The orders of a lane that no call has taken yet, first in, first out. In a lane of several deals,
 * orders of a deal that is in a call already wait for the end of that call: two calls would contend
 * for the deal's row. Not thread-safe.
 *
 * @param <I> what is sent of one order
 * @param <O> the result of one order
 */
final class WaitingOrders<I extends OrderKey, O> {

  private final Queue<PendingOrder<I, O>> queue = new ArrayDeque<>();

  /** How many of the queue there are of each deal; unused in a lane of one deal. */
  private final Map<String, Integer> byDeal = new HashMap<>();

  /** In how many calls under way each deal is; unused in a lane of one deal. */
  private final Map<String, Integer> callsByDeal = new HashMap<>();

  private final boolean severalDeals;

  /** How many of the queue are of deals without a call. */
  private int sendable;

  WaitingOrders(boolean severalDeals) {
    this.severalDeals = severalDeals;
  }

  void add(PendingOrder<I, O> order) {
    queue.add(order);
    if (severalDeals) {
      byDeal.merge(dealOf(order), 1, Integer::sum);
      sendable += isInCall(dealOf(order)) ? 0 : 1;
    }
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  int size() {
    return queue.size();
  }

  /** How many orders a call could take now. */
  int sendable() {
    return severalDeals ? sendable : queue.size();
  }

  /** Moves orders into the batch of a call that begins, until it is full. */
  void moveTo(Batch<I, O> batch) {
    Iterator<PendingOrder<I, O>> orders = queue.iterator();
    while (sendable() > 0 && orders.hasNext()) {
      PendingOrder<I, O> next = orders.next();
      if (!isInCall(dealOf(next))) {
        if (!batch.add(next)) {
          break;
        }
        orders.remove();
        removed(next);
      }
    }
    if (severalDeals) {
      batch.dealIds().forEach(this::beginCall);
    }
  }

  /** Notes the end of a call, or that nothing waits for it any more. */
  void endCall(Batch<I, O> batch) {
    if (severalDeals) {
      batch.dealIds().forEach(this::endCall);
    }
  }

  private void beginCall(String dealId) {
    if (callsByDeal.merge(dealId, 1, Integer::sum) == 1) {
      sendable -= byDeal.getOrDefault(dealId, 0);
    }
  }

  private void endCall(String dealId) {
    decrement(callsByDeal, dealId);
    if (!isInCall(dealId)) {
      sendable += byDeal.getOrDefault(dealId, 0);
    }
  }

  /** Removes the orders for which this holds, and returns them. */
  List<PendingOrder<I, O>> removeIf(Predicate<PendingOrder<I, O>> condition) {
    List<PendingOrder<I, O>> matching = queue.stream().filter(condition).toList();
    queue.removeIf(condition);
    matching.forEach(this::removed);
    return matching;
  }

  private void removed(PendingOrder<I, O> order) {
    if (severalDeals) {
      decrement(byDeal, dealOf(order));
      sendable -= isInCall(dealOf(order)) ? 0 : 1;
    }
  }

  private static void decrement(Map<String, Integer> counts, String dealId) {
    counts.computeIfPresent(dealId, (id, count) -> count == 1 ? null : count - 1);
  }

  private boolean isInCall(String dealId) {
    return callsByDeal.containsKey(dealId);
  }

  private String dealOf(PendingOrder<I, O> order) {
    return order.order().dealId();
  }
}
