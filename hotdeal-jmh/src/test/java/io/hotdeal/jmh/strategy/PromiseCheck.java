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
 * What became of a strategy's promises when they were tried: a small rush with more buyers than
 * stock, one order sent twice, one order without a thread that waits.
 *
 * <p>A rush that oversells proves that the strategy can; one that does not proves little, so a
 * strategy that does not promise it is tried a few times. DURABLE is not tried: that takes a crash.
 *
 * @param strategy its name
 * @param stock units on sale in the last rush
 * @param buyers how many wanted one unit each
 * @param acknowledged how many were told that they have it
 * @param sold what the stores hold as sold of it
 * @param retriesSoldAgain units that were sold to a second attempt of an order that was sold
 * @param async whether an order could be handed over without a thread that waits
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
  private static final int MOST_RUSHES = 50;

  /** Tries a strategy on deals of its own; takes a second or so. */
  public static PromiseCheck of(StrategyFactory factory, Stores stores) {
    try (Strategy strategy = factory.make(stores)) {
      String id = "check-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
      long soldAgain = soldAgain(strategy, id + "-again");
      boolean async = sellsAsync(strategy, id + "-async");
      boolean mayOversell = !factory.promises().contains(Promise.NEVER_OVERSELLS);
      PromiseCheck check;
      int rushes = 0;
      do {
        String dealId = id + "-rush-" + ++rushes;
        strategy.open(List.of(Deal.of(dealId, STOCK)));
        long told = CompetingBuyers.of(strategy, dealId, BUYERS);
        long sold = strategy.sold(dealId);
        check = new PromiseCheck(factory.name(), STOCK, BUYERS, told, sold, soldAgain, async);
      } while (mayOversell && !check.oversold() && rushes < MOST_RUSHES);
      return check;
    }
  }

  /** Whether more was sold than there was. */
  public boolean oversold() {
    return Math.max(acknowledged, sold) > stock;
  }

  /** Whether the stores hold what the buyers were told. */
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
