package io.hotdeal.jmh;

import io.hotdeal.HotDeal;
import io.hotdeal.OrderLog;
import io.hotdeal.PaymentGateway;
import io.hotdeal.StockCounter;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.oracle.OracleStockCounter;
import io.hotdeal.oracle.RowLockOrderLog;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The ways to sell that are measured, each over no more stores than it needs. */
public final class Shops {

  private Shops() {}

  /** The legacy flow, pooled, with nothing to pay. */
  @State(Scope.Benchmark)
  public static class RowLock extends Shop {
    @Setup
    public void open(Database database, Sales sales) {
      OrderLog log = RowLockOrderLog.selectForUpdate(database.pool(), order -> {});
      open(new Till.OfLog(log, sales));
    }
  }

  /** The library's log, called for every order by itself. */
  @State(Scope.Benchmark)
  public static class ConditionalUpdate extends Shop {
    @Setup
    public void open(Database database, Sales sales) {
      open(new Till.OfLog(OracleOrderLog.conditionalUpdate(database.pool()), sales));
    }
  }

  /** The desk over the log alone. */
  @State(Scope.Benchmark)
  public static class BatchedLog extends Shop {
    @Setup
    public void open(Database database, Sales sales) {
      OrderLog log = OracleOrderLog.conditionalUpdate(database.pool());
      HotDeal desk = HotDeal.builder().log(log).payments(PaymentGateway.none()).build();
      open(new Till.OfDesk(desk, sales, () -> sales.verify(log)));
    }
  }

  /** The desk over a gate in Redis and the log. */
  @State(Scope.Benchmark)
  public static class GatedLog extends Shop {
    @Setup
    public void open(Database database, Redis redis, Sales sales) {
      OrderLog log = OracleOrderLog.conditionalUpdate(database.pool());
      StockCounter gate = redis.jedis();
      HotDeal desk =
          HotDeal.builder()
              .counter(gate)
              .refuseWhenCounterIsDown()
              .log(log)
              .payments(PaymentGateway.none())
              .build();
      open(new Till.OfDesk(desk, sales, () -> verify(sales, log, gate)));
    }

    private static void verify(Sales sales, OrderLog log, StockCounter gate) {
      sales.verify(log);
      sales.verify(gate);
    }
  }

  /** The counter in the database. */
  @State(Scope.Benchmark)
  public static class OracleClaims extends Shop {
    @Setup
    public void open(Database database, Sales sales) {
      open(new Till.OfCounter(OracleStockCounter.conditionalUpdate(database.pool()), sales));
    }
  }

  /** The counter in Redis, over a pool of connections. */
  @State(Scope.Benchmark)
  public static class JedisClaims extends Shop {
    @Setup
    public void open(Redis redis, Sales sales) {
      open(new Till.OfCounter(redis.jedis(), sales));
    }
  }

  /** The counter in Redis, over one connection. */
  @State(Scope.Benchmark)
  public static class LettuceClaims extends Shop {
    @Setup
    public void open(Redis redis, Sales sales) {
      open(new Till.OfCounter(redis.lettuce(), sales));
    }
  }
}
