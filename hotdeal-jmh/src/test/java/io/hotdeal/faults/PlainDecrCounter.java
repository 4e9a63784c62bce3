package io.hotdeal.faults;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.DealState;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The faulty counter of the workshop: GET, then DECR, without order ids. */
final class PlainDecrCounter implements StockCounter {

  private final Map<String, AtomicLong> left = new ConcurrentHashMap<>();

  @Override
  public void open(Deal deal) {
    left.putIfAbsent(deal.id(), new AtomicLong(deal.quantity()));
  }

  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    return orders.stream().map(this::claim).toList();
  }

  private ClaimResult claim(Order order) {
    AtomicLong quantity = left.get(order.dealId());
    if (quantity == null) {
      return new Refusal.UnknownDeal();
    }
    long get = quantity.get();
    return get < order.quantity()
        ? new Refusal.SoldOut(get)
        : new ClaimResult.Claimed(quantity.addAndGet(-order.quantity()), false);
  }

  @Override
  public void settle(List<Order> orders) {}

  @Override
  public void release(List<Order> orders) {
    orders.forEach(order -> left.get(order.dealId()).addAndGet(order.quantity()));
  }

  @Override
  public Optional<Stock> stock(String dealId) {
    return Optional.ofNullable(left.get(dealId))
        .map(quantity -> new Stock(quantity.get(), 0, 0, 1, DealState.OPEN, 1));
  }

  @Override
  public List<Order> overdue(String dealId, int limit) {
    return List.of();
  }

  @Override
  public List<Order> held(String dealId, int limit) {
    return List.of();
  }

  @Override
  public void postpone(List<Order> orders) {}

  @Override
  public void giveBack(List<Order> orders) {}

  @Override
  public boolean restore(DealTerms terms, long remaining, long ifVersion) {
    open(terms.deal());
    return true;
  }

  @Override
  public void change(DealTerms terms) {}

  @Override
  public void close(String dealId) {}

  @Override
  public void purge(String dealId) {}
}
