package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealListener;
import io.hotdeal.HotDealListener.BatchCompleted;
import io.hotdeal.HotDealListener.Store;
import io.hotdeal.OrderResult;
import io.hotdeal.PaymentGateway;
import io.hotdeal.contract.Crowd;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.spi.Stock;
import io.hotdeal.testkit.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@DisplayName("A sale of many deals over Redis")
class SharedCallsTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final List<String> deals =
      IntStream.range(0, 40).mapToObj(i -> Crowd.freshDealId()).toList();
  private final Queue<BatchCompleted> calls = new ConcurrentLinkedQueue<>();
  private final HotDealListener listener =
      new HotDealListener() {
        @Override
        public void batchCompleted(BatchCompleted event) {
          calls.add(event);
        }
      };

  @ParameterizedTest
  @EnumSource
  @DisplayName("claims and settles orders of several deals in one call")
  void shared(Client client) {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        TcpProxy proxy = new TcpProxy(redis.uri().getPort());
        Client.Connected connected = client.connect(proxy.uri("redis"), LONG)) {
      sell(connected.counter(), proxy);
      RedisStockCounter direct = JedisCounters.on(redis.admin());
      assertThat(deals)
          .allSatisfy(
              deal ->
                  assertThat(direct.stock(deal).orElseThrow())
                      .returns(4L, Stock::remaining)
                      .returns(1L, Stock::settled));
      assertThat(sharedCalls("claim")).isPositive();
      assertThat(sharedCalls("settle")).isPositive();
      assertThat(calls).allMatch(call -> call.failure() == null);
    }
  }

  private void sell(RedisStockCounter counter, TcpProxy proxy) {
    try (HotDeal hotDeal =
        HotDeal.builder()
            .counter(counter)
            .log(new InMemoryOrderLog())
            .payments(PaymentGateway.none())
            .counterSlowCallThreshold(LONG)
            .listener(listener)
            .build()) {
      deals.forEach(deal -> hotDeal.open(Deal.of(deal, 5)));
      proxy.holdReplies(true);
      var orders =
          deals.stream()
              .map(deal -> hotDeal.orderAsync(hotDeal.newOrder(deal, "buyer", 1)))
              .map(it -> it.toCompletableFuture())
              .toList();
      proxy.holdReplies(false);
      assertThat(orders.stream().map(CompletableFuture::join).toList())
          .hasOnlyElementsOfType(OrderResult.Placed.class);
    }
  }

  private long sharedCalls(String verb) {
    return calls.stream()
        .filter(call -> call.store() == Store.STOCK_COUNTER && call.verb().equals(verb))
        .filter(call -> call.dealId().isEmpty() && call.orders() > 1)
        .count();
  }
}
