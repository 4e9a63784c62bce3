package io.hotdeal.jmh;

import io.hotdeal.jmh.load.Audit;
import io.hotdeal.jmh.load.DealsOnSale;
import io.hotdeal.jmh.load.LoadModel;
import io.hotdeal.jmh.load.LoadProfile;
import io.hotdeal.jmh.load.OrderSource;
import io.hotdeal.jmh.load.RunStores;
import io.hotdeal.jmh.load.ScenarioStores;
import io.hotdeal.jmh.strategy.Strategies;
import io.hotdeal.jmh.strategy.Strategy;
import io.hotdeal.jmh.strategy.Strategy.Answer;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * The strategy of a JMH trial, with its stores and the deals that it sells, which never sell out.
 *
 * <p>The trial fails if an order is refused, or if the stores do not hold, at the end, exactly what
 * was acknowledged.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls open before anything else
public class StrategyState {

  /** See {@link Strategies}. */
  @Param({"row-lock-8", "conditional-update-3", "hotdeal-log", "hotdeal-gated-jedis"})
  String strategy = "";

  /** 1: a hot block. Many: the same load, spread over them. */
  @Param("1")
  int deals;

  /**
   * {@code postgresql} (embedded, every commit on disk), {@code h2} (embedded, survives a crash of
   * the process only), or {@code configured}: the environment variables {@code HOTDEAL_JDBC_URL},
   * {@code HOTDEAL_JDBC_USER}, {@code HOTDEAL_JDBC_PASSWORD}. Missing tables are created, and what
   * is sold stays in them.
   */
  @Param("postgresql")
  String database = "";

  /** {@code embedded}, or {@code configured}: the environment variable HOTDEAL_REDIS_URI. */
  @Param("embedded")
  String redis = "";

  private RunStores run;
  private ScenarioStores stores;
  private Strategy opened;
  private DealsOnSale onSale;
  private List<LongAdder> acknowledged;

  /** Starts the stores and opens the deals. */
  @Setup
  public void open(BenchmarkParams params) {
    open(params.getThreads());
  }

  void open(int callers) {
    LoadProfile profile = LoadProfile.closed(LoadModel.BLOCKING, callers).withDeals(deals);
    run = new RunStores(database, redis, false);
    stores = run.forScenario(profile);
    opened = Strategies.named(strategy).make(stores);
    onSale = DealsOnSale.of(profile);
    opened.open(onSale.deals());
    acknowledged = Stream.generate(LongAdder::new).limit(deals).toList();
  }

  Strategy strategy() {
    return opened;
  }

  OrderSource newSource() {
    return onSale.newSource();
  }

  /** Sells one order; blocks. */
  void sell(OrderSource source) {
    int deal = source.randomDeal();
    acknowledge(deal, opened.sell(source.order(deal)));
  }

  /** Sells several orders of one deal together; blocks. */
  void sellAll(OrderSource source, int count) {
    int deal = source.randomDeal();
    opened.sellAll(source.orders(deal, count)).forEach(answer -> acknowledge(deal, answer));
  }

  void acknowledge(int deal, Answer answer) {
    if (answer != Answer.SOLD) {
      throw new IllegalStateException("not sold: " + answer);
    }
    acknowledged.get(deal).increment();
  }

  /**
   * Audits the sales and stops the stores.
   *
   * @throws IllegalStateException if the stores do not hold what was acknowledged
   */
  @TearDown
  public void close() {
    try {
      audit();
    } finally {
      opened.close();
      stores.close();
      run.close();
    }
  }

  private void audit() {
    long[] sold = acknowledged.stream().mapToLong(LongAdder::sum).toArray();
    Audit audit = Audit.of(opened, onSale.deals(), sold);
    if (!audit.problems().isEmpty()) {
      throw new IllegalStateException(String.join("; ", audit.problems()));
    }
  }
}
