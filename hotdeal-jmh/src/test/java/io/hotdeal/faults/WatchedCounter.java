package io.hotdeal.faults;

import io.hotdeal.ClaimResult;
import io.hotdeal.Order;
import io.hotdeal.spi.StockCounter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records the claims that the counter acknowledged, for comparison with those that the store has.
 */
final class WatchedCounter extends ForwardingCounter {

  private final Innocent innocent;
  private final Set<String> claimed = ConcurrentHashMap.newKeySet();

  WatchedCounter(StockCounter delegate) {
    this(delegate, new Innocent(dealId -> Set.of()));
  }

  /** One that also records the claims that failed as NothingHappened. */
  WatchedCounter(StockCounter delegate, Innocent innocent) {
    super(delegate);
    this.innocent = innocent;
  }

  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    List<ClaimResult> results = innocent.watch(orders, () -> super.claim(orders));
    for (int i = 0; i < orders.size(); i++) {
      if (results.get(i) instanceof ClaimResult.Claimed) {
        claimed.add(orders.get(i).id());
      }
    }
    return results;
  }

  /** The counter stores a settled id even if it was not claimed. */
  @Override
  public void settle(List<Order> orders) {
    innocent.mayHaveHappened(orders);
    super.settle(orders);
  }

  @Override
  public void release(List<Order> orders) {
    orders.forEach(order -> claimed.remove(order.id()));
    super.release(orders);
  }

  /** The claims that were acknowledged and not released so far. */
  Set<String> acknowledged() {
    return new HashSet<>(claimed);
  }
}
