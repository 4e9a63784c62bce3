package io.hotdeal.faults;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import java.util.Optional;

/** A counter that is another one, but for what a subclass changes. */
class ForwardingCounter implements StockCounter {

  private final StockCounter whole;

  ForwardingCounter(StockCounter whole) {
    this.whole = whole;
  }

  @Override
  public void open(Deal deal) {
    whole.open(deal);
  }

  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    return whole.claim(orders);
  }

  @Override
  public void settle(List<Order> orders) {
    whole.settle(orders);
  }

  @Override
  public void release(List<Order> orders) {
    whole.release(orders);
  }

  @Override
  public Optional<Stock> stock(String dealId) {
    return whole.stock(dealId);
  }

  @Override
  public List<Order> overdue(String dealId, int limit) {
    return whole.overdue(dealId, limit);
  }

  @Override
  public List<Order> held(String dealId, int limit) {
    return whole.held(dealId, limit);
  }

  @Override
  public boolean restore(Deal deal, long remaining, long ifVersion) {
    return whole.restore(deal, remaining, ifVersion);
  }

  @Override
  public void close(String dealId) {
    whole.close(dealId);
  }

  @Override
  public void purge(String dealId) {
    whole.purge(dealId);
  }
}
