package io.hotdeal.redis;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.DealState;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/**
 * A counter with the common race: {@code GET}, compare, {@code DECR}. Another buyer may claim
 * between the two. It shows that the contract kit can fail; never use it.
 */
record NaiveCounter(UnifiedJedis jedis) implements StockCounter {

  @Override
  public void open(Deal deal) {
    restore(deal, deal.quantity(), Stock.ABSENT);
  }

  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    return orders.stream().map(this::claim).toList();
  }

  private ClaimResult claim(Order order) {
    String left = jedis.get(order.dealId());
    if (left == null) {
      return new Refusal.UnknownDeal();
    }
    if (Long.parseLong(left) < order.quantity()) {
      return new Refusal.SoldOut(Long.parseLong(left));
    }
    return new ClaimResult.Claimed(jedis.decrBy(order.dealId(), order.quantity()), false);
  }

  @Override
  public void settle(List<Order> orders) {}

  @Override
  public void release(List<Order> orders) {
    orders.forEach(order -> jedis.incrBy(order.dealId(), order.quantity()));
  }

  @Override
  public Optional<Stock> stock(String dealId) {
    return Optional.ofNullable(jedis.get(dealId))
        .map(left -> new Stock(Long.parseLong(left), 0, 0, 1, DealState.OPEN, 1));
  }

  @Override
  public List<Order> overdue(String dealId, int limit) {
    throw new IllegalStateException("it keeps no claims that it could watch");
  }

  @Override
  public List<Order> held(String dealId, int limit) {
    return overdue(dealId, limit);
  }

  @Override
  public void postpone(List<Order> orders) {}

  @Override
  public void giveBack(List<Order> orders) {}

  @Override
  public void change(DealTerms terms) {}

  @Override
  public boolean restore(DealTerms terms, long remaining, long ifVersion) {
    return jedis.set(terms.deal().id(), Long.toString(remaining), SetParams.setParams().nx())
        != null;
  }

  @Override
  public void close(String dealId) {}

  @Override
  public void purge(String dealId) {}
}
