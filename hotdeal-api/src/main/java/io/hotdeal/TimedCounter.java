package io.hotdeal;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A counter whose calls count as a failure of it once they take too long; but for those that go
 * through a whole deal, which may take as long as that needs.
 */
record TimedCounter(StockCounter counter, Outage outage) implements StockCounter {

  @Override
  public void open(Deal deal) {
    run(deal.id(), () -> counter.open(deal));
  }

  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    return call(dealOf(orders), () -> counter.claim(orders));
  }

  @Override
  public void settle(List<Order> orders) {
    run(dealOf(orders), () -> counter.settle(orders));
  }

  @Override
  public void release(List<Order> orders) {
    run(dealOf(orders), () -> counter.release(orders));
  }

  @Override
  public Optional<Stock> stock(String dealId) {
    return call(dealId, () -> counter.stock(dealId));
  }

  @Override
  public List<Order> overdue(String dealId, int limit) {
    return counter.overdue(dealId, limit);
  }

  @Override
  public List<Order> held(String dealId, int limit) {
    return counter.held(dealId, limit);
  }

  @Override
  public boolean restore(Deal deal, long remaining, long ifVersion) {
    return call(deal.id(), () -> counter.restore(deal, remaining, ifVersion));
  }

  @Override
  public void close(String dealId) {
    run(dealId, () -> counter.close(dealId));
  }

  @Override
  public void purge(String dealId) {
    counter.purge(dealId);
  }

  private <T> T call(String dealId, Supplier<T> call) {
    return outage.timed(dealId, call);
  }

  private void run(String dealId, Runnable call) {
    boolean unused =
        outage.timed(
            dealId,
            () -> {
              call.run();
              return true;
            });
  }

  private static String dealOf(List<Order> orders) {
    return orders.isEmpty() ? "" : orders.get(0).dealId();
  }
}
