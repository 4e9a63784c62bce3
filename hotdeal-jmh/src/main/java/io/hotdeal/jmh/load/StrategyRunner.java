package io.hotdeal.jmh.load;

import io.hotdeal.Order;
import io.hotdeal.jmh.strategy.Strategy;
import io.hotdeal.jmh.strategy.StrategyFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Runs strategies over the stores of a run, each round in new instances and on new deals, and
 * audits the sales.
 */
public final class StrategyRunner implements ScenarioRunner {

  private final Function<String, StrategyFactory> strategies;
  private final RunStores stores;
  private final Progress progress;

  /**
   * A runner.
   *
   * @param strategies by name
   */
  public StrategyRunner(
      Function<String, StrategyFactory> strategies, RunStores stores, Progress progress) {
    this.strategies = strategies;
    this.stores = stores;
    this.progress = progress;
  }

  @Override
  public RoundResult run(Scenario scenario, int round, Duration leadIn, Duration time)
      throws InterruptedException {
    LoadProfile profile = scenario.profile();
    StrategyFactory factory = strategies.apply(scenario.strategy());
    try (Instances instances = Instances.start(factory, stores, profile)) {
      DealsOnSale onSale = DealsOnSale.of(profile);
      instances.first().open(onSale.deals());
      long[] before = profile.isSoldOut() ? sellOut(instances, onSale) : new long[profile.deals()];
      List<Caller> callers = CallerThreads.callers(instances, onSale, profile);
      Window window = Window.startingNow(leadIn, time);
      CallerThreads threads = CallerThreads.start(callers, window, profile.deals());
      CallCounts calls =
          stores.callsWithin(window, () -> progress.watch(window, threads::answeredSoFar));
      CallerStats.Total total = CallerStats.sum(threads.awaitEnd(window), profile.deals());
      Audit audit = Audit.of(instances.first(), onSale.deals(), total.acknowledged(before));
      return RoundResult.of(scenario, round, window, new Sales(total, calls, audit));
    }
  }

  /**
   * Sells the only unit of every deal and sends one more order to each instance, so that a strategy
   * with a sold-out cache has it filled before the first answer counts.
   */
  static long[] sellOut(Instances instances, DealsOnSale onSale) {
    long[] sold = new long[onSale.deals().size()];
    OrderSource first = onSale.newSource();
    for (int deal = 0; deal < sold.length; deal++) {
      Order order = first.order(deal);
      if (instances.first().sell(order) != Strategy.Answer.SOLD) {
        throw new IllegalStateException("the only unit of " + order.dealId() + " was not sold");
      }
      sold[deal] = 1;
      for (Strategy instance : instances) {
        sold[deal] += instance.sell(first.order(deal)) == Strategy.Answer.SOLD ? 1 : 0;
      }
    }
    return sold;
  }
}
