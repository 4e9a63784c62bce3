package io.hotdeal.memory;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.Ids;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.Units;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reference implementation of the stock counter: a map of deals under one lock.
 *
 * <p>Thread-safe. Its data is lost when the process ends. For tests, and for a single selling
 * process with a durable log.
 */
public final class InMemoryStockCounter implements StockCounter {

  private final Map<String, CountedDeal> deals = new HashMap<>();
  private final InstantSource clock;

  /** Creates a counter that uses the system's clock. */
  public InMemoryStockCounter() {
    this(InstantSource.system());
  }

  /** Creates a counter that uses {@code clock} for the deals' windows and the age of claims. */
  public InMemoryStockCounter(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean combinesDeals() {
    return true;
  }

  @Override
  public synchronized void open(Deal deal) {
    DealTerms offered = DealTerms.opened(deal);
    CountedDeal standing =
        deals.putIfAbsent(deal.id(), new CountedDeal(offered, deal.quantity(), clock));
    if (standing != null && !standing.terms().isOpenedInCounterBy(deal)) {
      throw new DealConflictException("counter", standing.terms().deal(), deal);
    }
  }

  @Override
  public synchronized List<ClaimResult> claim(List<Order> orders) {
    List<ClaimResult> results = new ArrayList<>(orders.size());
    for (Order order : orders) {
      CountedDeal deal = deals.get(order.dealId());
      results.add(deal == null ? new Refusal.UnknownDeal() : deal.claim(order));
    }
    return results;
  }

  @Override
  public synchronized void postpone(List<Order> orders) {
    forEachOfKnownDeal(orders, (deal, order) -> deal.postpone(order));
  }

  @Override
  public synchronized void settle(List<Order> orders) {
    forEachOfKnownDeal(orders, (deal, order) -> deal.settle(order));
  }

  @Override
  public synchronized void release(List<Order> orders) {
    forEachOfKnownDeal(orders, (deal, order) -> deal.release(order));
  }

  @Override
  public synchronized void giveBack(List<Order> orders) {
    forEachOfKnownDeal(orders, (deal, order) -> deal.giveBack(order));
  }

  @Override
  public synchronized Optional<Stock> stock(String dealId) {
    return find(dealId).map(CountedDeal::stock);
  }

  @Override
  public synchronized List<Order> overdue(String dealId, int limit) {
    return heldUntil(clock.instant(), dealId, limit);
  }

  @Override
  public synchronized List<Order> held(String dealId, int limit) {
    return heldUntil(Instant.MAX, dealId, limit);
  }

  private List<Order> heldUntil(Instant deadline, String dealId, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
    return find(dealId).stream().flatMap(deal -> deal.heldUntil(deadline)).limit(limit).toList();
  }

  @Override
  public synchronized boolean restore(DealTerms terms, long remaining, long ifVersion) {
    if (remaining < 0 || remaining > Units.MAX) {
      throw new IllegalArgumentException(
          "remaining " + remaining + " is not within 0 and " + Units.MAX);
    }
    String dealId = terms.deal().id();
    CountedDeal standing = deals.get(dealId);
    if (standing == null) {
      return ifVersion == Stock.ABSENT
          && deals.put(dealId, new CountedDeal(terms, remaining, clock)) == null;
    }
    return standing.restore(remaining, ifVersion);
  }

  @Override
  public synchronized void change(DealTerms terms) {
    find(terms.deal().id()).ifPresent(deal -> deal.change(terms));
  }

  @Override
  public synchronized void close(String dealId) {
    find(dealId).ifPresent(CountedDeal::close);
  }

  @Override
  public synchronized void purge(String dealId) {
    if (find(dealId).filter(deal -> deal.terms().closed()).isPresent()) {
      deals.remove(dealId);
    }
  }

  private Optional<CountedDeal> find(String dealId) {
    return Optional.ofNullable(deals.get(Ids.check("deal id", dealId)));
  }

  private void forEachOfKnownDeal(List<Order> orders, ClaimAction action) {
    orders.forEach(order -> find(order.dealId()).ifPresent(deal -> action.apply(deal, order)));
  }

  @FunctionalInterface
  private interface ClaimAction {
    void apply(CountedDeal deal, Order order);
  }
}
