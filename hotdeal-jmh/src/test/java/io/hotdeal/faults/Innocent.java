package io.hotdeal.faults;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Orders of which a store's calls said, without exception, that nothing happened: the store must
 * not know them. Thread-safe.
 */
final class Innocent {

  private final Set<String> nothing = ConcurrentHashMap.newKeySet();
  private final Set<String> perhaps = ConcurrentHashMap.newKeySet();

  /** Makes the call and remembers how it ended for these orders. */
  <T> T watch(List<Order> orders, Supplier<T> call) {
    try {
      T answer = call.get();
      mayHaveHappened(orders);
      return answer;
    } catch (NothingHappenedException e) {
      orders.forEach(order -> nothing.add(order.id()));
      throw e;
    } catch (RuntimeException e) {
      mayHaveHappened(orders);
      throw e;
    }
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
