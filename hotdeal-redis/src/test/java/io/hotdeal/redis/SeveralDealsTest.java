package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal.Closed;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.Stock;
import io.hotdeal.testkit.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@DisplayName("A call of several deals on one Redis")
class SeveralDealsTest {

  private static EmbeddedRedis redis;

  private final String a = Crowd.freshDealId();
  private final String b = Crowd.freshDealId();
  private final String c = Crowd.freshDealId();
  private final String unknown = Crowd.freshDealId();

  @BeforeAll
  static void start() {
    redis = new EmbeddedRedis();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("answers position by position, whatever becomes of the other deals")
  void positions(Client client) {
    try (Client.Connected connected = client.connect(redis.uri())) {
      RedisStockCounter counter = connected.counter();
      counter.open(Deal.of(a, 10));
      counter.open(Deal.of(b, 2).withLimitPerBuyer(2));
      counter.open(Deal.of(c, 10));
      counter.close(c);
      assertThat(
              counter.claim(
                  List.of(
                      order(a, "1", 1),
                      order(b, "1", 2),
                      order(c, "1", 1),
                      order(unknown, "1", 1),
                      order(b, "2", 1),
                      order(a, "2", 3),
                      order(b, "3", 3),
                      order(a, "1", 1),
                      order(unknown, "2", 1))))
          .containsExactly(
              new Claimed(9, false),
              new Claimed(0, false),
              new Closed(),
              new UnknownDeal(),
              new SoldOut(0),
              new Claimed(6, false),
              new LimitReached(2),
              new Claimed(6, true),
              new UnknownDeal());
      assertThat(stock(counter, a)).returns(6L, Stock::remaining).returns(4L, Stock::claimed);
      assertThat(stock(counter, b)).returns(0L, Stock::remaining).returns(2L, Stock::claimed);
      assertThat(stock(counter, c)).returns(10L, Stock::remaining).returns(0L, Stock::claimed);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("takes the same order id in two deals for two orders, with every verb")
  void sameId(Client client) {
    try (Client.Connected connected = client.connect(redis.uri())) {
      RedisStockCounter counter = connected.counter();
      openAll(counter, 10, a, b, c);
      List<Order> orders = List.of(order(a, "x", 1), order(b, "x", 2), order(c, "x", 3));
      assertThat(counter.claim(orders))
          .containsExactly(new Claimed(9, false), new Claimed(8, false), new Claimed(7, false));
      counter.postpone(
          Stream.concat(
                  orders.stream().map(it -> it.withPayWithin(Duration.ofDays(1))),
                  Stream.of(order(unknown, "no-hold", 1)))
              .toList());
      Stream.of(a, b, c)
          .forEach(
              deal ->
                  assertThat(redis.admin().hget("{" + deal + "}-held", "x"))
                      .satisfies(held -> assertThat(deadline(held)).isGreaterThan(inHours(23))));
      counter.settle(orders.subList(0, 2));
      assertThat(stock(counter, a)).returns(1L, Stock::settled);
      assertThat(stock(counter, b)).returns(2L, Stock::settled);
      assertThat(stock(counter, c)).returns(0L, Stock::settled);
      counter.release(orders);
      assertThat(stock(counter, a)).returns(9L, Stock::remaining);
      assertThat(stock(counter, b)).returns(8L, Stock::remaining);
      assertThat(stock(counter, c)).returns(10L, Stock::remaining);
      counter.giveBack(orders);
      Stream.of(a, b, c)
          .forEach(
              deal ->
                  assertThat(redis.admin().hget("{" + deal + "}-settled", "x")).startsWith("r:"));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("succeeds after SCRIPT FLUSH")
  void scriptFlush(Client client) {
    try (Client.Connected connected = client.connect(redis.uri())) {
      RedisStockCounter counter = connected.counter();
      openAll(counter, 10, a, b, c);
      for (long left = 9; left > 6; left--) {
        redis.admin().scriptFlush();
        String id = "order-" + left;
        assertThat(counter.claim(List.of(order(a, id, 1), order(b, id, 1), order(c, id, 1))))
            .containsOnly(new Claimed(left, false));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("sends the scripts of all deals on one connection before it has any reply")
  void onePipeline(Client client) {
    List<String> deals =
        IntStream.range(0, DealCalls.PIPELINE).mapToObj(i -> Crowd.freshDealId()).toList();
    try (TcpProxy proxy = new TcpProxy(redis.uri().getPort());
        Client.Connected connected = client.connect(proxy.uri("redis"), Duration.ofSeconds(20))) {
      RedisStockCounter direct = JedisCounters.on(redis.admin());
      deals.forEach(deal -> direct.open(Deal.of(deal, 1)));
      connected.counter().claim(List.of(order(unknown, "connects", 1)));
      proxy.holdReplies(true);
      var results =
          CompletableFuture.supplyAsync(
              () ->
                  connected.counter().claim(deals.stream().map(it -> order(it, "x", 1)).toList()));
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> assertThat(deals).allMatch(deal -> stock(direct, deal).claimed() == 1));
      assertThat(results).isNotDone();
      proxy.holdReplies(false);
      assertThat(results.join()).hasSameSizeAs(deals).containsOnly(new Claimed(0, false));
      assertThat(proxy.accepted()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "is bounded: many deals are several pipelines, many orders of a deal several scripts")
  void portions(Client client) {
    int count = DealCalls.PIPELINE + 88;
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 2 * DealCall.PORTION + 9; i++) {
      orders.add(order(a, "o-" + i, 1));
      if (i < count) {
        orders.add(order(a + "-" + i, "x", 1));
      }
    }
    try (Client.Connected connected = client.connect(redis.uri())) {
      RedisStockCounter counter = connected.counter();
      counter.open(Deal.of(a, 1_000));
      for (int i = 0; i < count; i++) {
        counter.open(Deal.of(a + "-" + i, 1));
      }
      var results = counter.claim(orders);
      long left = 1_000;
      for (int i = 0; i < orders.size(); i++) {
        if (!orders.get(i).dealId().equals(a)) {
          assertThat(results.get(i)).isEqualTo(new Claimed(0, false));
        } else if (left > 0) {
          assertThat(results.get(i)).isEqualTo(new Claimed(--left, false));
        } else {
          assertThat(results.get(i)).isEqualTo(new SoldOut(0));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("costs less than a call for each, and says so")
  void combines(Client client) {
    try (Client.Connected connected = client.connect(redis.uri())) {
      assertThat(connected.counter().combinesDeals()).isTrue();
    }
  }

  @Test
  @DisplayName("does nothing for no orders")
  void none() {
    RedisStockCounter counter = JedisCounters.on(redis.admin());
    assertThat(counter.claim(List.of())).isEmpty();
    counter.postpone(List.of());
    counter.settle(List.of());
    counter.release(List.of());
    counter.giveBack(List.of());
  }

  private static void openAll(RedisStockCounter counter, long quantity, String... deals) {
    Stream.of(deals).forEach(deal -> counter.open(Deal.of(deal, quantity)));
  }

  private static Stock stock(RedisStockCounter counter, String dealId) {
    return counter.stock(dealId).orElseThrow();
  }

  private static long deadline(String held) {
    return Long.parseLong(held.substring(held.lastIndexOf(':') + 1));
  }

  private static long inHours(int hours) {
    return System.currentTimeMillis() + Duration.ofHours(hours).toMillis();
  }

  private static Order order(String dealId, String id, long quantity) {
    return Order.of(id, dealId, "buyer-" + id, quantity);
  }
}
