package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Stock;
import io.hotdeal.contract.Crowd;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/**
 * Prints how long the longest single command of each verb keeps the server, over a deal of
 * 1,000,000 settled orders and 100,000 held ones:
 *
 * <pre>{@code
 * mvn -Pproof -pl hotdeal-redis -am test -Dtest=BigDealTest -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 *
 * <p>A figure for a quiet machine: by SLOWLOG's clock a script is as long as others keep it
 * waiting.
 */
@Tag("proof")
@DisplayName("A deal of a million orders keeps Redis")
class BigDealTest {

  private static final int SOLD = 1_000_000;
  private static final int HELD = 100_000;
  private static final int BATCH = 10_000;

  private final String dealId = Crowd.freshDealId();

  @ParameterizedTest(name = "with a limit of {0} per buyer")
  @ValueSource(ints = {0, 5})
  @DisplayName("for a moment at a time only")
  void longestCommands(int limit) {
    Deal deal = Deal.of(dealId, 2 * SOLD).withLimitPerBuyer(limit);
    try (EmbeddedRedis redis = new EmbeddedRedis();
        Jedis admin = new Jedis(redis.uri());
        Client.Connected connected = Client.JEDIS.connect(redis.uri())) {
      admin.configSet("slowlog-log-slower-than", "0");
      admin.configSet("slowlog-max-len", "100000");
      RedisStockCounter counter = connected.counter();
      counter.open(deal);
      longest(admin, "limit " + limit + ": open");
      batches(0, SOLD).forEach(orders -> assertThat(counter.claim(orders)).hasSize(BATCH));
      longest(admin, "claim, " + SOLD + " in calls of " + BATCH);
      batches(0, SOLD).forEach(counter::settle);
      longest(admin, "settle");
      batches(SOLD, SOLD + HELD).forEach(counter::claim);
      longest(admin, "claim, " + HELD + " more");
      batches(0, HELD)
          .forEach(orders -> assertThat(counter.claim(orders)).allMatch(Claimed.class::isInstance));
      longest(admin, "claim again");
      assertThat(counter.held(dealId, 2 * HELD)).hasSize(HELD);
      longest(admin, "held");
      assertThat(counter.overdue(dealId, 2 * HELD)).isEmpty();
      longest(admin, "overdue");
      long version = counter.stock(dealId).orElseThrow().version();
      longest(admin, "stock");
      assertThat(counter.restore(deal, 5, version)).isTrue();
      longest(admin, "restore, of a deal that stands");
      batches(SOLD, SOLD + HELD / 2).forEach(counter::release);
      longest(admin, "release");
      counter.close(dealId);
      longest(admin, "close");
      admin.del("{" + dealId + "}-quantity");
      admin.slowlogReset();
      assertThat(counter.restore(deal, 5, Stock.ABSENT)).isTrue();
      longest(admin, "restore, of a torn deal");
      batches(0, SOLD).forEach(counter::settle);
      longest(admin, "settle, of what was sold without a claim");
      counter.close(dealId);
      counter.purge(dealId);
      longest(admin, "purge");
      assertThat(admin.keys("*" + dealId + "*")).isEmpty();
    }
  }

  private List<List<Order>> batches(int from, int to) {
    return IntStream.range(from / BATCH, to / BATCH)
        .mapToObj(
            batch ->
                IntStream.range(batch * BATCH, (batch + 1) * BATCH)
                    .mapToObj(i -> Order.of("order-" + i, dealId, "buyer-" + i, 1))
                    .toList())
        .toList();
  }

  private static void longest(Jedis admin, String what) {
    long[] micros =
        admin.slowlogGet(100_000).stream()
            .filter(it -> it.getArgs().get(0).toUpperCase(Locale.ROOT).startsWith("EVAL"))
            .mapToLong(it -> it.getExecutionTime())
            .sorted()
            .toArray();
    admin.slowlogReset();
    System.out.printf(
        "%-60s %5d scripts, median %6.2f ms, 99 %% %6.2f ms, longest %6.2f ms%n",
        what,
        micros.length,
        micros[micros.length / 2] / 1e3,
        micros[micros.length * 99 / 100] / 1e3,
        micros[micros.length - 1] / 1e3);
  }
}
