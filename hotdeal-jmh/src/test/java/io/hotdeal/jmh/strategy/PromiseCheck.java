package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.jmh.strategy.Strategy.Answer;
import io.hotdeal.jmh.strategy.StrategyFactory.Promise;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The result of testing a strategy's promises: a small deal with more concurrent buyers than units,
 * one order sent twice, one order without a waiting thread.
 *
 * <p>A deal that is oversold proves that the strategy can oversell; one that is not proves little,
 * so a strategy that may oversell gets several deals. DURABLE is not tested, because that takes a
 * crash.
 *
 * @param strategy its name
 * @param stock units on sale in the last deal
 * @param buyers number of buyers, who order one unit each
 * @param acknowledged number of orders acknowledged as sold
 * @param sold units of that deal that the stores hold as sold
 * @param retriesSoldAgain units that were sold to a second attempt of an order that was sold
 * @param async whether an order could be submitted without a waiting thread
 */
public record PromiseCheck(
    String strategy,
    long stock,
    int buyers,
    long acknowledged,
    long sold,
    long retriesSoldAgain,
    boolean async) {

  private static final int STOCK = 32;
  private static final int BUYERS = 64;
  private static final int MOST_ATTEMPTS = 50;

  /** Tests a strategy on new deals; takes about a second. */
  public static PromiseCheck of(StrategyFactory factory, Stores stores) {
    try (Strategy strategy = factory.make(stores)) {
      String id = "check-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
      long soldAgain = soldAgain(strategy, id + "-again");
      boolean async = sellsAsync(strategy, id + "-async");
      boolean mayOversell = !factory.promises().contains(Promise.NEVER_OVERSELLS);
      PromiseCheck check;
      int attempts = 0;
      do {
        String dealId = id + "-rush-" + ++attempts;
        strategy.open(List.of(Deal.of(dealId, STOCK)));
        long answered = CompetingBuyers.of(strategy, dealId, BUYERS);
        long sold = strategy.sold(dealId);
        check = new PromiseCheck(factory.name(), STOCK, BUYERS, answered, sold, soldAgain, async);
      } while (mayOversell && !check.oversold() && attempts < MOST_ATTEMPTS);
      return check;
    }
  }

  /** Whether more was sold than the stock. */
  public boolean oversold() {
    return Math.max(acknowledged, sold) > stock;
  }

  /** Whether the stores hold what was acknowledged as sold. */
  public boolean exact() {
    return acknowledged == sold;
  }

  /** Those of the promises that did not hold. */
  public Set<Promise> broken(Set<Promise> promises) {
    Set<Promise> broken = EnumSet.noneOf(Promise.class);
    if (oversold()) {
      broken.add(Promise.NEVER_OVERSELLS);
    }
    if (retriesSoldAgain > 0) {
      broken.add(Promise.KEYED);
    }
    if (!async) {
      broken.add(Promise.ASYNC);
    }
    broken.retainAll(promises);
    return broken;
  }

  private static long soldAgain(Strategy strategy, String dealId) {
    strategy.open(List.of(Deal.of(dealId, STOCK)));
    Order order = Order.of("order", dealId, "buyer", 1);
    strategy.sell(order.asFirstAttempt());
    long once = strategy.sold(dealId);
    strategy.sell(order);
    return strategy.sold(dealId) - once;
  }

  private static boolean sellsAsync(Strategy strategy, String dealId) {
    strategy.open(List.of(Deal.of(dealId, STOCK)));
    try {
      Order order = Order.of("order", dealId, "buyer", 1).asFirstAttempt();
      Answer answer = strategy.sellAsync(order).toCompletableFuture().join();
      return answer == Answer.SOLD && strategy.sold(dealId) == 1;
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }
}
