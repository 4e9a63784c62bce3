package io.hotdeal.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealListener;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.SweepReport;
import io.hotdeal.contract.Crowd;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import io.hotdeal.testkit.ScriptedGateway;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * On PostgreSQL; run it by {@code mvn -Pproof -pl hotdeal-oracle -am verify -Dtest=ManyHoldsTest
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@DisplayName("100,000 holds of one deal that expire at once")
@Tag("proof")
class ManyHoldsTest {

  private static final int HOLDS = 100_000;
  private static final int BATCH = 1_000;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MILLIS));
  private final HikariDataSource pool;
  private final OrderLog log;
  private final StockCounter counter = new InMemoryStockCounter(now::get);
  private final String dealId = Crowd.freshDealId();

  ManyHoldsTest() throws SQLException {
    pool = Database.POSTGRESQL.tablesOfItsOwn();
    log = OracleOrderLog.conditionalUpdate(pool).withClock(now::get);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  @DisplayName("are ended by one sweep, in bounded batches, while buyers go on buying")
  void expire() {
    AtomicInteger largest = new AtomicInteger();
    HotDealListener batches =
        new HotDealListener() {
          @Override
          public void batchCompleted(BatchCompleted event) {
            largest.accumulateAndGet(event.orders(), Math::max);
          }
        };
    try (HotDeal hotDeal =
        HotDeal.builder()
            .log(log)
            .counter(counter)
            .payments(new ScriptedGateway())
            .listener(batches)
            .build()) {
      hotDeal.open(Deal.of(dealId, HOLDS + 10_000_000L));
      hold();
      now.updateAndGet(it -> it.plus(Duration.ofMinutes(11)));
      long calm =
          slowestOrder(
              hotDeal,
              "calm",
              new CompletableFuture<Boolean>().completeOnTimeout(true, 3, TimeUnit.SECONDS));
      long start = System.nanoTime();
      CompletableFuture<SweepReport> sweep = hotDeal.resolver().sweepAsync(dealId);
      long during = slowestOrder(hotDeal, "during", sweep);
      SweepReport report = sweep.join();
      System.out.printf(
          "%,d holds ended in %.1f s; slowest order %d ms meanwhile, %d ms before; largest batch %d%n",
          report.expired(), (System.nanoTime() - start) / 1e9, during, calm, largest.get());
      assertThat(report.expired()).as("%s", report).isEqualTo(HOLDS);
      assertThat(report.failures()).isEmpty();
      assertThat(largest).hasValueLessThanOrEqualTo(512);
      SweepReport next = hotDeal.resolver().sweep(dealId);
      assertThat(next.foundNothing()).as("%s", next).isTrue();
    }
    Tally tally = log.tally(dealId).orElseThrow();
    assertThat(tally.isBalanced()).isTrue();
    assertThat(tally.expired().orders()).isEqualTo(HOLDS);
    assertThat(counter.stock(dealId).orElseThrow().remaining()).isEqualTo(tally.left());
  }

  private void hold() {
    for (int from = 0; from < HOLDS; from += BATCH) {
      List<Order> orders = new ArrayList<>();
      for (int i = from; i < from + BATCH; i++) {
        orders.add(
            Order.of("hold-" + i, dealId, "holder-" + i, 1).withPayWithin(Duration.ofMinutes(10)));
      }
      counter.claim(orders);
      log.reserve(orders, OrderState.RESERVED);
    }
  }

  /** Buys one after the other until the end; the longest time of an order, in milliseconds. */
  private long slowestOrder(HotDeal hotDeal, String prefix, CompletableFuture<?> end) {
    long slowest = 0;
    for (int i = 0; !end.isDone(); i++) {
      long start = System.nanoTime();
      OrderResult result = hotDeal.order(Order.of(prefix + "-" + i, dealId, "buyer", 1));
      assertThat(result).isInstanceOf(OrderResult.Placed.class);
      slowest = Math.max(slowest, System.nanoTime() - start);
    }
    return slowest / 1_000_000;
  }
}
