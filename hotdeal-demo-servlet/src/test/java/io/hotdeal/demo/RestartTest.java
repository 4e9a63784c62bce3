package io.hotdeal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.spi.OrderState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The demo on persistent stores")
@Timeout(120)
class RestartTest {

  private static EmbeddedRedis redis;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/order", "/order-oracle", "/order-redis"})
  @DisplayName("answers a retry after a restart with the same sale")
  void retryAfterRestart(String path) {
    String order = path + "?order=mine&buyer=me&quantity=3";
    String before;
    try (Served first = demo(100)) {
      assertThat(first.post("/reset", "stock=100").body()).isEqualTo("100");
      assertThat(first.get(order).body()).isEqualTo("97");
      before = first.books(path, "deal");
    }
    try (Served second = demo(50)) {
      assertThat(second.get(order).body()).isEqualTo("97");
      assertThat(second.books(path, "deal")).isEqualTo(before);
      assertThat(second.books(path, "paidRows")).isEqualTo("1");
      assertThat(second.books(path, "leftInLog")).isEqualTo("97");
    }
  }

  @Test
  @DisplayName("sells the same deals from two instances, also after a reset in one of them")
  void twoInstances() {
    try (Closer closer = new Closer()) {
      Shop one = new Shop(new Settings(settings(100)::get), closer);
      Shop two = new Shop(new Settings(settings(60)::get), closer);
      one.open();
      two.open();
      assertThat(deals(two)).isEqualTo(deals(one));
      assertThat(sell(two, "a")).isEqualTo(new OrderResult.Placed(order(two, "a"), 99, false));
      assertThat(sell(one, "a")).isEqualTo(new OrderResult.Placed(order(one, "a"), 99, true));

      two.endpoints().get(2).reset(40);
      eventually(() -> deals(one).equals(deals(two)));
      assertThat(sell(one, "a")).isEqualTo(new OrderResult.Placed(order(one, "a"), 39, false));
      assertThat(sell(two, "a")).isEqualTo(new OrderResult.Placed(order(two, "a"), 39, true));
    }
  }

  @Test
  @DisplayName("agrees on the first deals of three instances that start concurrently")
  void startConcurrently() {
    try (Closer closer = new Closer()) {
      List<Shop> shops =
          Stream.of(100, 60, 30)
              .map(stock -> new Shop(new Settings(settings(stock)::get), closer))
              .toList();
      CompletableFuture.allOf(
              shops.stream()
                  .map(shop -> CompletableFuture.runAsync(shop::open))
                  .toArray(CompletableFuture[]::new))
          .join();
      eventually(() -> shops.stream().map(RestartTest::deals).distinct().count() == 1);
    }
  }

  @Test
  @DisplayName("cancels the reservations that an earlier run left unresolved")
  void sweeps() {
    String deal;
    try (Served first = demo(100)) {
      deal = first.books("/order-redis", "deal");
    }
    Instant hourAgo = Instant.now().minus(Duration.ofHours(1));
    List<Order> oldOrders =
        List.of(Order.of("left-1", deal, "me", 5), Order.of("left-2", deal, "you", 3));
    OracleOrderLog.conditionalUpdate(dataSource())
        .withClock(() -> hourAgo)
        .reserve(oldOrders, OrderState.RESERVED);
    try (Served second = demo(100)) {
      eventually(() -> second.books("/order-redis", "reservedRows").equals("0"));
      assertThat(second.books("/order-redis", "leftInLog")).isEqualTo("100");
      assertThat(second.books("/order-redis", "cancelledRows")).isEqualTo("2");
      eventually(() -> second.books("/order-redis", "leftInCounter").equals("100"));
    }
  }

  private Served demo(int stock) {
    return new Served(settings(stock));
  }

  private Map<String, String> settings(int stock) {
    return Map.of(
        "hotdeal.jdbc.url", url(),
        "hotdeal.jdbc.user", "shop",
        "hotdeal.jdbc.password", "horse",
        "hotdeal.redis.uri", redis.uri(),
        "hotdeal.create.schema", "true",
        "hotdeal.payment.millis", "1",
        "hotdeal.stock", Integer.toString(stock));
  }

  private JdbcDataSource dataSource() {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL(url());
    dataSource.setUser("shop");
    dataSource.setPassword("horse");
    return dataSource;
  }

  private String url() {
    return "jdbc:h2:file:" + directory.resolve("shop") + ";MODE=Oracle;WRITE_DELAY=0";
  }

  private static List<@Nullable Deal> deals(Shop shop) {
    List<@Nullable Deal> deals = new ArrayList<>();
    shop.endpoints().forEach(endpoint -> deals.add(endpoint.current()));
    return deals;
  }

  private static OrderResult sell(Shop shop, String orderId) {
    return shop.endpoints().get(2).sell(order(shop, orderId)).join();
  }

  private static Order order(Shop shop, String orderId) {
    return Order.of(orderId, shop.endpoints().get(2).resolve(null), "me", 1);
  }

  /** Polls until the condition holds; the test's time-out ends it. */
  private static void eventually(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
