package io.hotdeal.faults;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import java.util.Optional;

/** Delegates to another counter, except for what a subclass overrides. */
class ForwardingCounter implements StockCounter {

  private final StockCounter delegate;

  ForwardingCounter(StockCounter delegate) {
    this.delegate = delegate;
  }

  @Override
  public boolean combinesDeals() {
    return delegate.combinesDeals();
  }

  @Override
  public void open(Deal deal) {
    delegate.open(deal);
  }

  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    return delegate.claim(orders);
  }

  @Override
  public void settle(List<Order> orders) {
    delegate.settle(orders);
  }

  @Override
  public void release(List<Order> orders) {
    delegate.release(orders);
  }

  @Override
  public Optional<Stock> stock(String dealId) {
    return delegate.stock(dealId);
  }

  @Override
  public List<Order> overdue(String dealId, int limit) {
    return delegate.overdue(dealId, limit);
  }

  @Override
  public List<Order> held(String dealId, int limit) {
    return delegate.held(dealId, limit);
  }

  @Override
  public void postpone(List<Order> orders) {
    delegate.postpone(orders);
  }

  @Override
  public void giveBack(List<Order> orders) {
    delegate.giveBack(orders);
  }

  @Override
  public boolean restore(DealTerms terms, long remaining, long ifVersion) {
    return delegate.restore(terms, remaining, ifVersion);
  }

  @Override
  public void change(DealTerms terms) {
    delegate.change(terms);
  }

  @Override
  public void close(String dealId) {
    delegate.close(dealId);
  }

  @Override
  public void purge(String dealId) {
    delegate.purge(dealId);
  }
}
