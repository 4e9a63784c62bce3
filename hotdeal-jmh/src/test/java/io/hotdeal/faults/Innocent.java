package io.hotdeal.faults;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Orders of which every store call so far failed as NothingHappened: the store must not have them.
 * It is read directly and at once, before a retry. Thread-safe.
 */
final class Innocent {

  /** The orders that a store has, read over a connection without faults. */
  interface Store {
    Set<String> idsOf(String dealId);
  }

  private final Store store;
  private final Set<String> nothing = ConcurrentHashMap.newKeySet();
  private final Set<String> perhaps = ConcurrentHashMap.newKeySet();
  private final AtomicLong said = new AtomicLong();
  private final AtomicLong lied = new AtomicLong();

  Innocent(Store store) {
    this.store = store;
  }

  /** Makes the call and records how it ended for these orders. */
  <T> T watch(List<Order> orders, Supplier<T> call) {
    try {
      T answer = call.get();
      mayHaveHappened(orders);
      return answer;
    } catch (NothingHappenedException e) {
      orders.forEach(order -> nothing.add(order.id()));
      compare(orders);
      throw e;
    } catch (RuntimeException e) {
      mayHaveHappened(orders);
      throw e;
    }
  }

  private void compare(List<Order> orders) {
    Set<String> known = store.idsOf(orders.get(0).dealId());
    for (Order order : orders) {
      if (!perhaps.contains(order.id())) {
        said.incrementAndGet();
        if (known.contains(order.id())) {
          lied.incrementAndGet();
        }
      }
    }
  }

  /** How often a call reported that nothing had ever happened to an order. */
  long said() {
    return said.get();
  }

  /** How often the store had that order nevertheless. */
  long lied() {
    return lied.get();
  }

  void mayHaveHappened(List<Order> orders) {
    orders.forEach(order -> perhaps.add(order.id()));
  }

  Set<String> ids() {
    Set<String> ids = new HashSet<>(nothing);
    ids.removeAll(perhaps);
    return ids;
  }
}
