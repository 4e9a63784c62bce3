package io.hotdeal.faults;

import io.hotdeal.ClaimResult;
import io.hotdeal.Order;
import io.hotdeal.spi.StockCounter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers what the counter acknowledged, to be compared with what the store still knows. */
final class WatchedCounter extends ForwardingCounter {

  private final Innocent innocent;
  private final Set<String> claimed = ConcurrentHashMap.newKeySet();

  WatchedCounter(StockCounter whole) {
    this(whole, new Innocent(dealId -> Set.of()));
  }

  /** One that also tells of claims that are said not to have happened. */
  WatchedCounter(StockCounter whole, Innocent innocent) {
    super(whole);
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

  /** Notes an id that it does not know. */
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

  /** Claims that were acknowledged, and not given back, so far. */
  Set<String> acknowledged() {
    return new HashSet<>(claimed);
  }
}
