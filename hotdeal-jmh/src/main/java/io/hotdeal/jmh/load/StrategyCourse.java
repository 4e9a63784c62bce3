package io.hotdeal.jmh.load;

import io.hotdeal.Order;
import io.hotdeal.jmh.strategy.Strategy;
import io.hotdeal.jmh.strategy.StrategyFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs a strategy over the stores, on deals of its own, and audits what it sold. */
public final class StrategyCourse implements Course {

  private final Function<String, StrategyFactory> strategies;
  private final RunStores stores;
  private final Progress progress;

  public StrategyCourse(
      Function<String, StrategyFactory> strategies, RunStores stores, Progress progress) {
    this.strategies = strategies;
    this.stores = stores;
    this.progress = progress;
  }

  @Override
  public Slice run(Contestant contestant, int round, Duration leadIn, Duration time)
      throws InterruptedException {
    Shape shape = contestant.shape();
    try (SliceStores own = stores.slice(shape);
        Strategy strategy = strategies.apply(contestant.strategy()).make(own)) {
      Sale sale = Sale.of(shape);
      strategy.open(sale.deals());
      long[] before = shape.isSoldOut() ? sellOut(strategy, sale) : new long[shape.deals()];
      Window window = Window.startingNow(leadIn, time);
      Crowd crowd = Crowd.start(Crowd.workers(strategy, sale, shape), window, shape.deals());
      long calls = watch(crowd, window);
      Sheet.Count count = Sheet.sum(crowd.end(window), shape.deals());
      return slice(contestant, round, window, count, calls, audit(strategy, sale, before, count));
    }
  }

  /**
   * Sells the only unit of every deal, and comes once more: whoever remembers that nothing is left
   * knows it before the first answer counts.
   */
  private static long[] sellOut(Strategy strategy, Sale sale) {
    long[] sold = new long[sale.deals().size()];
    Buyer first = sale.newBuyer();
    for (int deal = 0; deal < sold.length; deal++) {
      Order order = first.order(deal);
      if (strategy.sell(order) != Strategy.Answer.SOLD) {
        throw new IllegalStateException("the only unit of " + order.dealId() + " was not sold");
      }
      boolean again = strategy.sell(first.order(deal)) == Strategy.Answer.SOLD;
      sold[deal] = again ? 2 : 1;
    }
    return sold;
  }

  /** Waits until the window ends, and counts the store calls in it. */
  private long watch(Crowd crowd, Window window) throws InterruptedException {
    Schedule.waitUntil(window.counts());
    long before = stores.calls();
    progress.watch(window, crowd::answeredSoFar);
    return stores.calls() - before - stores.ownCalls();
  }

  private static Audit audit(Strategy strategy, Sale sale, long[] before, Sheet.Count count) {
    long[] acknowledged = new long[before.length];
    for (int deal = 0; deal < acknowledged.length; deal++) {
      acknowledged[deal] = before[deal] + count.soldOfDeal().get(deal);
    }
    return Audit.of(strategy, sale.deals(), acknowledged);
  }

  private static Slice slice(
      Contestant contestant, int round, Window window, Sheet.Count count, long calls, Audit audit) {
    List<String> problems = new ArrayList<>(audit.problems());
    if (count.errors() > 0) {
      problems.add(count.errors() + " errors: " + String.join("; ", count.messages()));
    }
    Shape shape = contestant.shape();
    long refusals = shape.neverSellsOut() ? 0 : count.soldOutInTime();
    if (shape.neverSellsOut() && count.soldOut() > 0) {
      problems.add(count.soldOut() + " orders refused of deals that do not sell out");
    }
    return new Slice(
        contestant,
        round,
        refusals + count.soldInTime(),
        window.seconds(),
        count.sold(),
        count.soldOut(),
        count.errors(),
        count.dropped(),
        audit.rows(),
        calls,
        count.latencies(),
        List.copyOf(problems));
  }
}
