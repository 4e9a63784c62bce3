package io.hotdeal.jmh.strategy;

import io.hotdeal.ChargeResult;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealBuilder;
import io.hotdeal.Order;
import io.hotdeal.PaymentGateway;
import io.hotdeal.jmh.strategy.StrategyFactory.Promise;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.Tally;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.sql.DataSource;

/** hotdeal's own ways to sell, each as it comes: with the defaults of its builder and its pools. */
final class HotDealStrategies {

  /** As {@link io.hotdeal.oracle.OraclePools} has it. */
  private static final int CONNECTIONS = 8;

  private static final Set<Promise> ALL = Set.of(Promise.values());

  private static final Set<Promise> NOT_ON_DISK =
      Set.of(Promise.KEYED, Promise.NEVER_OVERSELLS, Promise.ASYNC);

  private HotDealStrategies() {}

  static List<StrategyFamily> families() {
    return List.of(
        durable("hotdeal-log", "HotDeal over the log", HotDealStrategies::log),
        new StrategyFamily("hotdeal-log-N", 2, HotDealStrategies::logByConnections),
        durable(
            "hotdeal-log-1m",
            "the same, with a sold-out cache that keeps its entries for a minute",
            HotDealStrategies::logWithLongCache),
        durable(
            "hotdeal-indexed",
            "HotDeal over the log, with the optional indexes, which it leaves to the rest of the run",
            HotDealStrategies::indexed),
        durable(
            "hotdeal-alongside",
            "HotDeal over the log, with an insert of the shop's own per sale in the same commit",
            HotDealStrategies::granting),
        durable(
            "hotdeal-events",
            "HotDeal over the log, with an outbox whose events are delivered meanwhile",
            HotDealStrategies::evented),
        durable(
            "hotdeal-paid",
            "HotDeal over the log, with a payment gateway that answers at once",
            HotDealStrategies::paying),
        durable(
            "hotdeal-held",
            "the same, each order held and then confirmed: two calls",
            HotDealStrategies::holding),
        StrategyFamily.only(
            new SimpleStrategyFactory(
                "hotdeal-log-direct",
                "the log without a HotDeal, one transaction per order",
                Set.of(Promise.DURABLE, Promise.KEYED, Promise.NEVER_OVERSELLS),
                stores -> new DirectLogStrategy(logOf(stores)))),
        StrategyFamily.only(
            new SimpleStrategyFactory(
                "hotdeal-memory",
                "HotDeal over a log in memory: what an order costs in this process",
                NOT_ON_DISK,
                stores -> memory())),
        durable(
            "hotdeal-gated-jedis",
            "HotDeal with Redis as its gate, by Jedis, over the log",
            stores -> gated(stores, RedisCounter.jedis(stores.redis()))),
        durable(
            "hotdeal-gated-lettuce",
            "HotDeal with Redis as its gate, by Lettuce, over the log",
            stores -> gated(stores, RedisCounter.lettuce(stores.redis()))),
        claims("hotdeal-claims-jedis", "Jedis", RedisCounter::jedis),
        claims("hotdeal-claims-lettuce", "Lettuce", RedisCounter::lettuce));
  }

  private static StrategyFactory logByConnections(int connections) {
    return new SimpleStrategyFactory(
        "hotdeal-log-" + connections,
        "HotDeal over the log, " + connections + " connections",
        ALL,
        stores -> log(OracleOrderLog.conditionalUpdate(stores.pool(connections))));
  }

  private static StrategyFamily durable(
      String name, String describe, Function<Stores, Strategy> maker) {
    return StrategyFamily.only(new SimpleStrategyFactory(name, describe, ALL, maker));
  }

  private static StrategyFamily claims(
      String name, String client, Function<URI, RedisCounter> gate) {
    return StrategyFamily.only(
        new SimpleStrategyFactory(
            name,
            "keyed claims in Redis, by " + client + ": the gate alone, nothing is on disk",
            NOT_ON_DISK,
            stores -> new ClaimStrategy(gate.apply(stores.redis()))));
  }

  private static OrderLog logOf(Stores stores) {
    return OracleOrderLog.conditionalUpdate(stores.pool(CONNECTIONS));
  }

  private static Strategy log(Stores stores) {
    return log(logOf(stores));
  }

  private static Strategy log(OrderLog log) {
    return new HotDealStrategy(hotDeal(log).build(), dealId -> paid(log, dealId), () -> {});
  }

  private static Strategy memory() {
    return log(new InMemoryOrderLog());
  }

  private static Strategy logWithLongCache(Stores stores) {
    OrderLog log = logOf(stores);
    HotDeal hotDeal = hotDeal(log).soldOutCacheTtl(Duration.ofMinutes(1)).build();
    return new HotDealStrategy(hotDeal, dealId -> paid(log, dealId), () -> {});
  }

  private static Strategy indexed(Stores stores) {
    SideTables.createIndexes(stores.pool(1));
    return log(stores);
  }

  private static Strategy granting(Stores stores) {
    DataSource pool = stores.pool(CONNECTIONS);
    SideTables.createGrants(pool);
    return log(OracleOrderLog.conditionalUpdate(pool).alongside(new GrantRows()));
  }

  private static Strategy evented(Stores stores) {
    OrderLog log = logOf(stores);
    return new EventedStrategy(hotDeal(log), log);
  }

  private static Strategy paying(Stores stores) {
    OrderLog log = logOf(stores);
    HotDeal hotDeal = hotDeal(log).payments(AtOnce.INSTANCE).build();
    return new HotDealStrategy(hotDeal, dealId -> paid(log, dealId), () -> {});
  }

  private static Strategy holding(Stores stores) {
    OrderLog log = logOf(stores);
    return new HeldOrderStrategy(hotDeal(log).payments(AtOnce.INSTANCE).build(), log);
  }

  /** A gateway that charges every order, and answers before it returns. */
  private enum AtOnce implements PaymentGateway {
    INSTANCE;

    private static final CompletionStage<ChargeResult> CHARGED =
        CompletableFuture.completedFuture(new ChargeResult.Charged());

    @Override
    public CompletionStage<ChargeResult> charge(Order order) {
      return CHARGED;
    }

    @Override
    public CompletionStage<ChargeResult> statusOrVoid(Order order) {
      return CHARGED;
    }

    @Override
    public CompletionStage<?> refund(Order order) {
      throw new IllegalStateException(order + " was to be refunded");
    }
  }

  /** Without the gate nothing is sold, or it would not be the gate that is measured. */
  private static Strategy gated(Stores stores, RedisCounter gate) {
    OrderLog log = logOf(stores);
    HotDeal hotDeal = hotDeal(log).counter(gate.counter()).refuseWhenCounterIsDown().build();
    return new HotDealStrategy(hotDeal, dealId -> paidAndClaimed(log, gate, dealId), gate.end());
  }

  private static HotDealBuilder hotDeal(OrderLog log) {
    return HotDeal.builder().log(log).payments(PaymentGateway.none());
  }

  private static long paidAndClaimed(OrderLog log, RedisCounter gate, String dealId) {
    long paid = paid(log, dealId);
    long claimed = gate.sold(dealId);
    if (claimed != paid) {
      throw new IllegalStateException(
          "the log sold " + paid + " units of " + dealId + ", the gate " + claimed);
    }
    return paid;
  }

  static long paid(OrderLog log, String dealId) {
    Tally tally = log.tally(dealId).orElseThrow();
    if (!tally.isBalanced()) {
      throw new IllegalStateException("the books do not balance: " + tally);
    }
    return tally.paid().units();
  }
}
