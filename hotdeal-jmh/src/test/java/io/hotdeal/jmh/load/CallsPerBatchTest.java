package io.hotdeal.jmh.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealBuilder;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.PaymentGateway;
import io.hotdeal.Refusal;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.redis.JedisClients;
import io.hotdeal.redis.JedisCounters;
import io.hotdeal.redis.LettuceClients;
import io.hotdeal.redis.LettuceCounters;
import io.hotdeal.spi.StockCounter;
import io.lettuce.core.RedisClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The code alone determines the number of store calls per batch, because the test controls when the
 * threads run. The number of orders per batch depends on the machine: {@code Contention --metric}
 * counts that.
 */
@DisplayName("A batch of concurrent orders costs the stores")
final class CallsPerBatchTest {

  private static final int CALLERS = 150;
  private static final int WAVES = 10;
  private static final int FULL = 512;
  private static final int TRIPS_OF_A_RESERVATION = 3;

  private static RunStores stores;
  private static HikariDataSource database;
  private static redis.clients.jedis.RedisClient jedis;
  private static RedisClient lettuce;
  private static int deals;

  private final DrivenThreads threads = new DrivenThreads();
  private final StatementCounter statements = new StatementCounter();
  private final String dealId = "calls-" + ++deals;

  /** The client that connects to Redis. */
  enum Client {
    JEDIS {
      @Override
      StockCounter counter() {
        return JedisCounters.on(jedis);
      }
    },
    LETTUCE {
      @Override
      StockCounter counter() {
        return LettuceCounters.on(lettuce);
      }
    };

    abstract StockCounter counter();
  }

  @BeforeAll
  static void start() throws Exception {
    stores = new RunStores("postgresql", "embedded", false);
    database = new HikariDataSource(stores.database().config());
    jedis = JedisClients.standalone(stores.redis());
    lettuce = LettuceClients.standalone(stores.redis());
    loadScripts(Client.JEDIS.counter());
  }

  /** Loads the scripts: one that Redis does not know yet costs a second call, once. */
  private static void loadScripts(StockCounter counter) {
    List<Order> orders = List.of(Order.of("a", "scripts", "buyer", 1));
    counter.open(Deal.of("scripts", 1));
    counter.claim(orders);
    counter.settle(orders);
  }

  @AfterAll
  static void stop() {
    lettuce.shutdown(Duration.ZERO, Duration.ofSeconds(5));
    jedis.close();
    database.close();
    stores.close();
  }

  @AfterEach
  void end() {
    threads.timer.shutdownNow();
  }

  private HotDealBuilder settings() {
    return HotDeal.builder()
        .log(OracleOrderLog.conditionalUpdate(statements.count(database)))
        .payments(PaymentGateway.none())
        .executor(threads)
        .timer(threads.timer)
        .ticker(() -> 0);
  }

  private CallCounts soFar() {
    return new CallCounts(
        0, 0, statements.commits(), statements.roundTrips(), stores.calls().scripts());
  }

  /** The number of a new transaction: PostgreSQL gives numbers only to those that write. */
  private static long transactionNumber() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT txid_current()")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Opens a deal and sells one unit, so that the log has read and cached the deal's terms. */
  private void open(HotDeal hotDeal, long quantity) {
    hotDeal.open(Deal.of(dealId, quantity));
    List<CompletableFuture<OrderResult>> answers = orderAll(hotDeal, "opener", 1);
    threads.makeCalls();
    assertThat(count(answers, OrderResult.Placed.class)).isOne();
  }

  private List<CompletableFuture<OrderResult>> orderAll(HotDeal hotDeal, String wave) {
    return orderAll(hotDeal, wave, CALLERS);
  }

  private List<CompletableFuture<OrderResult>> orderAll(HotDeal hotDeal, String wave, int callers) {
    List<CompletableFuture<OrderResult>> answers = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      String buyer = wave + "-" + i;
      answers.add(hotDeal.orderAsync(Order.of(buyer, dealId, buyer, 1).asFirstAttempt()));
    }
    return answers;
  }

  private static <T> long count(List<CompletableFuture<OrderResult>> answers, Class<T> result) {
    return answers.stream().map(CompletableFuture::join).filter(result::isInstance).count();
  }

  @Test
  @DisplayName("one transaction in three round trips, without a counter")
  void logAlone() throws Exception {
    try (HotDeal hotDeal = settings().build()) {
      open(hotDeal, 1_000);
      CallCounts before = soFar();
      List<CompletableFuture<OrderResult>> answers = orderAll(hotDeal, "first");
      assertThat(threads.waiting()).isOne();
      threads.makeCalls();
      CallCounts cost = soFar().minus(before);

      assertThat(count(answers, OrderResult.Placed.class)).isEqualTo(CALLERS);
      assertThat(cost.commits()).isOne();
      assertThat(cost.roundTrips()).isEqualTo(TRIPS_OF_A_RESERVATION);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("one claim and one transaction, and one settlement call per 512 orders")
  void gate(Client client) throws Exception {
    try (HotDeal hotDeal = settings().counter(client.counter()).build()) {
      open(hotDeal, 10_000);
      threads
          .endLinger(); // that order's deal is little in demand: its settlement is in another call
      threads.makeCalls();
      int settling = 0;
      for (int wave = 1; wave <= WAVES; wave++) {
        CallCounts before = soFar();
        List<CompletableFuture<OrderResult>> answers = orderAll(hotDeal, "wave-" + wave);
        assertThat(threads.waiting()).isOne();
        threads.makeCalls();
        CallCounts cost = soFar().minus(before);

        settling += CALLERS;
        boolean fills = settling >= FULL;
        settling -= fills ? FULL : 0;
        assertThat(count(answers, OrderResult.Placed.class)).isEqualTo(CALLERS);
        assertThat(cost.commits()).isOne();
        assertThat(cost.roundTrips()).isEqualTo(TRIPS_OF_A_RESERVATION);
        assertThat(cost.scripts()).as("scripts in wave %s", wave).isEqualTo(fills ? 2 : 1);
      }
      expectLeftInOneCall(client.counter());
    }
  }

  private void expectLeftInOneCall(StockCounter counter) throws Exception {
    CallCounts before = soFar();
    threads.endLinger();
    threads.makeCalls();
    assertThat(soFar().minus(before).scripts()).isOne();
    assertThat(threads.lingering()).isZero();
    assertThat(counter.stock(dealId).orElseThrow().settled()).isEqualTo(1 + WAVES * CALLERS);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("one claim if the deal is sold out, and no call while the cache knows that")
  void soldOut(Client client) throws Exception {
    try (HotDeal hotDeal = settings().counter(client.counter()).build()) {
      open(hotDeal, 1 + CALLERS);
      orderAll(hotDeal, "buyers");
      threads.makeCalls();
      CallCounts before = soFar();
      List<CompletableFuture<OrderResult>> late = orderAll(hotDeal, "late");
      threads.makeCalls();
      List<CompletableFuture<OrderResult>> tooLate = orderAll(hotDeal, "too-late");
      assertThat(threads.waiting()).isZero();
      CallCounts cost = soFar().minus(before);

      assertThat(count(late, Refusal.SoldOut.class)).isEqualTo(CALLERS);
      assertThat(count(tooLate, Refusal.SoldOut.class)).isEqualTo(CALLERS);
      assertThat(cost.scripts()).isOne();
      assertThat(cost.roundTrips()).isZero();
      threads.endLinger();
      threads.makeCalls();
    }
  }

  @Test
  @DisplayName(
      "one call per order if the maximum batch size is 1, which shows that the counting works")
  void withoutBatches() throws Exception {
    StockCounter counter = Client.JEDIS.counter();
    try (HotDeal hotDeal = settings().counter(counter).maxBatch(1).build()) {
      open(hotDeal, 1_000);
      long transactions = transactionNumber();
      CallCounts before = soFar();
      List<CompletableFuture<OrderResult>> answers = orderAll(hotDeal, "first");
      threads.makeCalls();
      CallCounts cost = soFar().minus(before);

      assertThat(count(answers, OrderResult.Placed.class)).isEqualTo(CALLERS);
      assertThat(cost.commits()).isEqualTo(CALLERS);
      assertThat(transactionNumber() - transactions).isGreaterThanOrEqualTo(CALLERS);
      assertThat(cost.roundTrips()).isEqualTo(CALLERS * TRIPS_OF_A_RESERVATION);
      assertThat(cost.scripts()).isEqualTo(2 * CALLERS);
    }
  }
}
