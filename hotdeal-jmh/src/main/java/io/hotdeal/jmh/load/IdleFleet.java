package io.hotdeal.jmh.load;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.PaymentGateway;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.testkit.CountedStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Instances that only keep house: each has a HotDeal on the log alone, with a resolver and a pool
 * of its own, and nothing is sold.
 */
public final class IdleFleet implements AutoCloseable {

  private static final int CONNECTIONS = 2;
  private static final double MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /**
   * The calls of all instances.
   *
   * @param byMethod calls of the log through its port, per minute
   * @param roundTrips round trips to the database, per minute
   * @param commits commits, per minute
   */
  public record Calls(
      int instances, Map<String, Double> byMethod, double roundTrips, double commits) {

    /** All calls of the log, per minute. */
    public double perMinute() {
      return byMethod.values().stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  private final RunStores stores;
  private final ScenarioStores pools;
  private final CountedStores counted = new CountedStores();
  private final List<HotDeal> instances = new ArrayList<>();

  /**
   * Starts the instances one after the other.
   *
   * @param stores whose statements are counted
   * @param period of the resolvers
   */
  public IdleFleet(RunStores stores, int count, List<String> dealIds, Duration period) {
    this.stores = stores;
    this.pools = stores.forScenario(LoadProfile.closed(LoadModel.BLOCKING, count));
    for (int i = 0; i < count; i++) {
      HotDeal hotDeal =
          HotDeal.builder().log(counted.log(log())).payments(PaymentGateway.none()).build();
      instances.add(hotDeal);
      hotDeal.resolver().start(period, () -> dealIds);
    }
  }

  private OrderLog log() {
    return OracleOrderLog.conditionalUpdate(pools.pool(CONNECTIONS));
  }

  /** Opens so many deals in the log; returns their ids. */
  public static List<String> open(RunStores stores, int deals) {
    String prefix = "idle-" + Long.toHexString(System.nanoTime()) + "-";
    List<String> ids = IntStream.range(0, deals).mapToObj(i -> prefix + i).toList();
    try (ScenarioStores pools = stores.forScenario(LoadProfile.closed(LoadModel.BLOCKING, 1))) {
      OrderLog log = OracleOrderLog.conditionalUpdate(pools.pool(CONNECTIONS));
      ids.stream().parallel().forEach(id -> log.open(Deal.of(id, 1)));
    }
    return ids;
  }

  /** Counts the calls for so long; blocks. */
  public Calls measure(Duration time) throws InterruptedException {
    Map<String, Long> before = counted.byMethod();
    CallCounts statements = stores.calls();
    long start = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
    double minutes = (System.nanoTime() - start) / MINUTE_NANOS;
    CallCounts more = stores.calls().minus(statements);
    Map<String, Double> byMethod = new TreeMap<>();
    counted
        .byMethod()
        .forEach(
            (method, calls) ->
                byMethod.put(method, (calls - before.getOrDefault(method, 0L)) / minutes));
    return new Calls(
        instances.size(), byMethod, more.roundTrips() / minutes, more.commits() / minutes);
  }

  @Override
  public void close() {
    instances.forEach(HotDeal::close);
    pools.close();
  }
}
