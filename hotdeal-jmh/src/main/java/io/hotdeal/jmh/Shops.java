package io.hotdeal.jmh;

import io.hotdeal.AsyncStockCounter;
import io.hotdeal.HotDeal;
import io.hotdeal.PaymentGateway;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.oracle.OracleStockCounter;
import io.hotdeal.oracle.RowLockOrderLog;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import org.openjdk.jmh.annotations.Param;
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

  /** HotDeal over the log alone. */
  @State(Scope.Benchmark)
  public static class BatchedLog extends Shop {
    @Setup
    public void open(Database database, Sales sales) {
      OrderLog log = OracleOrderLog.conditionalUpdate(database.pool());
      HotDeal hotDeal = HotDeal.builder().log(log).payments(PaymentGateway.none()).build();
      open(new Till.OfDesk(hotDeal, sales, () -> sales.verify(log)));
    }
  }

  /** HotDeal over a gate in Redis and the log. */
  @State(Scope.Benchmark)
  public static class GatedLog extends Shop {
    @Setup
    public void open(Database database, Redis redis, Sales sales) {
      OrderLog log = OracleOrderLog.conditionalUpdate(database.pool());
      StockCounter gate = redis.jedis();
      HotDeal hotDeal =
          HotDeal.builder()
              .counter(gate)
              .refuseWhenCounterIsDown()
              .log(log)
              .payments(PaymentGateway.none())
              .build();
      open(new Till.OfDesk(hotDeal, sales, () -> verify(sales, log, gate)));
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

  /** The counter in Redis, by the client that is asked for. */
  @State(Scope.Benchmark)
  public static class Claims extends Shop {

    /** {@code jedis}, over a pool of connections, or {@code lettuce}, over one. */
    @Param({"jedis", "lettuce"})
    String client;

    @Setup
    public void open(Redis redis, Sales sales) {
      open(new Till.OfCounter(redis.counter(client), sales));
    }
  }

  /** The same counter, whose callers the library brings together. */
  @State(Scope.Benchmark)
  public static class AsyncClaims extends Shop {

    /** As in {@link Claims}. */
    @Param({"jedis", "lettuce"})
    String client;

    @Setup
    public void open(Redis redis, Sales sales) {
      StockCounter counter = redis.counter(client);
      open(new Till.OfAsyncCounter(AsyncStockCounter.over(counter), counter, sales));
    }
  }

  /** A log in memory. */
  @State(Scope.Benchmark)
  public static class MemoryLog extends Shop {
    @Setup
    public void open(Sales sales) {
      open(new Till.OfLog(new InMemoryOrderLog(), sales));
    }
  }

  /** HotDeal over it. */
  @State(Scope.Benchmark)
  public static class MemoryDesk extends Shop {
    @Setup
    public void open(Sales sales) {
      OrderLog log = new InMemoryOrderLog();
      HotDeal hotDeal = HotDeal.builder().log(log).payments(PaymentGateway.none()).build();
      open(new Till.OfDesk(hotDeal, sales, () -> sales.verify(log)));
    }
  }
}
