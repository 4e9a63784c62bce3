package io.hotdeal.jmh;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hotdeal.Order;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderState;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The hot block benchmark")
final class HotBlockBenchmarkTest {

  private static final int THREADS = 4;
  private static final int CALLS = 25;

  private static Sales sales(int deals) {
    Sales sales = new Sales();
    sales.deals = deals;
    sales.name();
    return sales;
  }

  private static Buyer buyer(Sales sales) {
    Buyer buyer = new Buyer();
    buyer.arrive(sales);
    return buyer;
  }

  @Nested
  @DisplayName("sells, and finds in the stores what it sold, by")
  final class Sells {

    private static final HotBlockBenchmark BENCHMARK = new HotBlockBenchmark();
    private static final Database DATABASE = new Database();
    private static final Redis REDIS = new Redis();

    @BeforeAll
    static void start() throws IOException, SQLException {
      DATABASE.database = "h2";
      DATABASE.connections = 8;
      DATABASE.start();
      REDIS.redis = "embedded";
      REDIS.start();
    }

    @AfterAll
    static void stop() {
      DATABASE.stop();
      REDIS.stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void orderRowLock(int deals) throws Exception {
      Sales sales = sales(deals);
      Shops.RowLock shop = new Shops.RowLock();
      shop.open(DATABASE, sales);
      crowd(sales, buyer -> BENCHMARK.orderRowLock(shop, buyer));
      shop.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void orderConditionalUpdate(int deals) throws Exception {
      Sales sales = sales(deals);
      Shops.ConditionalUpdate shop = new Shops.ConditionalUpdate();
      shop.open(DATABASE, sales);
      crowd(sales, buyer -> BENCHMARK.orderConditionalUpdate(shop, buyer));
      shop.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void orderBatched(int deals) throws Exception {
      Sales sales = sales(deals);
      Shops.BatchedLog shop = new Shops.BatchedLog();
      shop.open(DATABASE, sales);
      crowd(sales, buyer -> BENCHMARK.orderBatched(shop, buyer));
      shop.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void orderGated(int deals) throws Exception {
      Sales sales = sales(deals);
      Shops.GatedLog shop = new Shops.GatedLog();
      shop.open(DATABASE, REDIS, sales);
      crowd(sales, buyer -> BENCHMARK.orderGated(shop, buyer));
      shop.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void claimOracle(int deals) throws Exception {
      Sales sales = sales(deals);
      Shops.OracleClaims shop = new Shops.OracleClaims();
      shop.open(DATABASE, sales);
      crowd(sales, buyer -> BENCHMARK.claimOracle(shop, buyer));
      shop.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void claimJedis(int deals) throws Exception {
      Sales sales = sales(deals);
      Shops.JedisClaims shop = new Shops.JedisClaims();
      shop.open(REDIS, sales);
      crowd(sales, buyer -> BENCHMARK.claimJedis(shop, buyer));
      shop.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void claimLettuce(int deals) throws Exception {
      Sales sales = sales(deals);
      Shops.LettuceClaims shop = new Shops.LettuceClaims();
      shop.open(REDIS, sales);
      crowd(sales, buyer -> BENCHMARK.claimLettuce(shop, buyer));
      shop.close();
    }

    private static void crowd(Sales sales, Consumer<Buyer> call) throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        List<Future<?>> crowd = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          Buyer buyer = buyer(sales);
          crowd.add(threads.submit(() -> repeat(() -> call.accept(buyer))));
        }
        for (Future<?> one : crowd) {
          one.get(60, SECONDS);
        }
      } finally {
        threads.shutdownNow();
      }
    }

    private static void repeat(Runnable call) {
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
    }
  }

  @Nested
  @DisplayName("has no figure")
  final class HasNoFigure {

    private final Sales sales = sales(1);
    private final Order order = buyer(sales).order();

    @Test
    @DisplayName("when the log lacks a sale that was acknowledged")
    void lostByTheLog() {
      Till till = new Till.OfLog(new InMemoryOrderLog(), sales);
      till.open();
      till.sell(List.of(order));
      sales.acknowledge(true, "a sale that was never stored");

      assertThatIllegalStateException()
          .isThrownBy(till::close)
          .withMessage("2 units acknowledged, but the log holds 1");
    }

    @Test
    @DisplayName("when the log holds a sale that nobody was told of")
    void unknownToTheBuyers() {
      InMemoryOrderLog log = new InMemoryOrderLog();
      Till till = new Till.OfLog(log, sales);
      till.open();
      log.reserve(List.of(order), OrderState.PAID);

      assertThatIllegalStateException()
          .isThrownBy(till::close)
          .withMessage("0 units acknowledged, but the log holds 1");
    }

    @Test
    @DisplayName("when the counter lacks a claim that was acknowledged")
    void lostByTheCounter() {
      InMemoryStockCounter counter = new InMemoryStockCounter();
      Till till = new Till.OfCounter(counter, sales);
      till.open();
      till.sell(List.of(order));
      counter.release(List.of(order));

      assertThatIllegalStateException()
          .isThrownBy(till::close)
          .withMessage("1 units acknowledged, but the counter holds 0");
    }

    @Test
    @DisplayName("when an order is refused")
    void refused() {
      InMemoryStockCounter counter = new InMemoryStockCounter();
      Till till = new Till.OfCounter(counter, sales);
      till.open();
      counter.close(order.dealId());

      assertThatIllegalStateException()
          .isThrownBy(() -> till.sell(List.of(order)))
          .withMessage("not sold: Closed[]");
    }

    @Test
    @DisplayName("when an order sells twice")
    void replayed() {
      Till till = new Till.OfLog(new InMemoryOrderLog(), sales);
      till.open();
      till.sell(List.of(order));

      assertThatIllegalStateException()
          .isThrownBy(() -> till.sell(List.of(order)))
          .withMessageStartingWith("not sold: Already[state=PAID");
    }
  }
}
