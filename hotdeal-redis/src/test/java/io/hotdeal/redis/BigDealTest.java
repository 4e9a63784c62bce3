package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.Stock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/**
 * Prints how long the longest single script of each verb occupies the server, over a deal of
 * 1,000,000 settled orders and 100,000 held ones:
 *
 * <pre>{@code
 * mvn -Pproof -pl hotdeal-redis -am test -Dtest=BigDealTest -Dsurefire.failIfNoSpecifiedTests=false
 * }</pre>
 *
 * <p>It measures CPU time of the server's main thread, because the times of SLOWLOG include waits
 * for a CPU on a busy machine.
 */
@Tag("proof")
@DisplayName("A deal of a million orders")
class BigDealTest {

  private static final int SOLD = 1_000_000;
  private static final int HELD = 100_000;
  private static final int BATCH = 10_000;

  private final String dealId = Crowd.freshDealId();

  @ParameterizedTest(name = "with a limit of {0} per buyer")
  @ValueSource(ints = {0, 5})
  @DisplayName("completes every call; the CPU times of the scripts are printed, not asserted")
  void longestCommands(int limit) {
    Deal deal = Deal.of(dealId, 2 * SOLD).withLimitPerBuyer(limit);
    try (EmbeddedRedis redis = new EmbeddedRedis();
        Jedis admin = new Jedis(redis.uri());
        Jedis other = new Jedis(redis.uri())) {
      CpuOfScripts cpu = new CpuOfScripts(new JedisScriptRunner(redis.admin()), other);
      RedisStockCounter counter = RedisStockCounter.on(cpu);
      counter.open(deal);
      cpu.print("limit " + limit + ": open");
      batches(0, SOLD).forEach(orders -> assertThat(counter.claim(orders)).hasSize(BATCH));
      cpu.print("claim, " + SOLD + " in calls of " + BATCH);
      batches(0, SOLD).forEach(counter::settle);
      cpu.print("settle");
      batches(SOLD, SOLD + HELD).forEach(counter::claim);
      cpu.print("claim, " + HELD + " more");
      batches(0, HELD)
          .forEach(orders -> assertThat(counter.claim(orders)).allMatch(Claimed.class::isInstance));
      cpu.print("claim again");
      assertThat(counter.held(dealId, 2 * HELD)).hasSize(HELD);
      cpu.print("held");
      assertThat(counter.overdue(dealId, 2 * HELD)).isEmpty();
      cpu.print("overdue");
      long version = counter.stock(dealId).orElseThrow().version();
      cpu.print("stock");
      assertThat(counter.restore(deal, 5, version)).isTrue();
      cpu.print("restore, of a deal that stands");
      batches(SOLD, SOLD + HELD / 2).forEach(counter::release);
      cpu.print("release");
      counter.close(dealId);
      cpu.print("close");
      admin.del("{" + dealId + "}-quantity");
      assertThat(counter.restore(deal, 5, Stock.ABSENT)).isTrue();
      cpu.print("restore, of a torn deal");
      batches(0, SOLD).forEach(counter::settle);
      cpu.print("settle, of what was sold without a claim");
      counter.close(dealId);
      counter.purge(dealId);
      cpu.print("purge");
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
}
