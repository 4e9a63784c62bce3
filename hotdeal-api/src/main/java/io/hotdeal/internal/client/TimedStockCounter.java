package io.hotdeal.internal.client;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.internal.batch.Batcher;
import io.hotdeal.internal.resilience.SlowCallMonitor;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A decorator of a stock counter whose calls are timed by a {@link SlowCallMonitor}, except those
 * that scan or delete a whole deal, which may take long.
 */
public record TimedStockCounter(StockCounter counter, SlowCallMonitor slowCalls)
    implements StockCounter {

  @Override
  public boolean combinesDeals() {
    return counter.combinesDeals();
  }

  @Override
  public void open(Deal deal) {
    run(deal.id(), () -> counter.open(deal));
  }

  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    return call(dealOf(orders), () -> counter.claim(orders));
  }

  @Override
  public void postpone(List<Order> orders) {
    run(dealOf(orders), () -> counter.postpone(orders));
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
  public void giveBack(List<Order> orders) {
    run(dealOf(orders), () -> counter.giveBack(orders));
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
  public boolean restore(DealTerms terms, long remaining, long ifVersion) {
    return call(terms.deal().id(), () -> counter.restore(terms, remaining, ifVersion));
  }

  @Override
  public void change(DealTerms terms) {
    run(terms.deal().id(), () -> counter.change(terms));
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
    return slowCalls.time(dealId, call);
  }

  private void run(String dealId, Runnable call) {
    boolean unused =
        slowCalls.time(
            dealId,
            () -> {
              call.run();
              return true;
            });
  }

  private static String dealOf(List<Order> orders) {
    return Batcher.dealOf(orders);
  }
}
