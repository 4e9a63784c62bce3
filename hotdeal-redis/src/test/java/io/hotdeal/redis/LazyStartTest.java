package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.contract.Crowd;
import io.hotdeal.testkit.FreePorts;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.masterreplica.MasterReplica;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.UnifiedJedis;

@Timeout(60)
@DisplayName("A lazy counter that is created while Redis is down")
class LazyStartTest {

  private final Deal deal = Deal.of(Crowd.freshDealId(), 10);
  private final List<Order> orders = List.of(Order.of("a", deal.id(), "x", 1));

  @Test
  @DisplayName("reports that nothing happened until Sentinel is up, over Jedis")
  void jedisSentinel() {
    ConcurrentLinkedQueue<UnifiedJedis> made = new ConcurrentLinkedQueue<>();
    try (EmbeddedRedis redis = new EmbeddedRedis();
        EmbeddedSentinel sentinel = new EmbeddedSentinel(redis)) {
      RedisStockCounter counter =
          JedisCounters.lazily(
              () -> {
                UnifiedJedis client = Jedises.sentinel(EmbeddedSentinel.MASTER, sentinel.port());
                made.add(client);
                return client;
              });
      assertWorksOnceStarted(counter, sentinel);
      assertThat(made).hasSize(1);
    } finally {
      made.forEach(UnifiedJedis::close);
    }
  }

  @Test
  @DisplayName("reports that nothing happened until Sentinel is up, over Lettuce")
  void lettuceSentinel() {
    try (EmbeddedRedis redis = new EmbeddedRedis();
        EmbeddedSentinel sentinel = new EmbeddedSentinel(redis);
        RedisClient client = RedisClient.create()) {
      RedisURI uri =
          RedisURI.Builder.sentinel("127.0.0.1", sentinel.port(), EmbeddedSentinel.MASTER).build();
      assertWorksOnceStarted(
          LettuceCounters.lazily(() -> MasterReplica.connect(client, StringCodec.UTF8, uri)),
          sentinel);
    }
  }

  private void assertWorksOnceStarted(RedisStockCounter counter, EmbeddedSentinel sentinel) {
    for (int i = 0; i < 2; i++) {
      assertNothingHappened(counter);
    }
    sentinel.start();
    counter.open(deal);
    assertThat(counter.claim(orders)).hasOnlyElementsOfType(Claimed.class);
  }

  @Test
  @DisplayName("reports that nothing happened, with the root cause, over Jedis on a cluster")
  void jedisCluster() throws IOException {
    URI closedPort = URI.create("redis://127.0.0.1:" + FreePorts.next());
    RedisStockCounter counter = JedisCounters.lazily(() -> Jedises.cluster(closedPort));
    assertNothingHappened(counter);
    assertThatThrownBy(() -> counter.claim(orders)).hasMessageContaining("Connection refused");
  }

  @Test
  @DisplayName("reports that nothing happened, with the root cause, over Lettuce on a cluster")
  void lettuceCluster() throws IOException {
    try (RedisClusterClient client =
        RedisClusterClient.create("redis://127.0.0.1:" + FreePorts.next())) {
      RedisStockCounter counter = LettuceCounters.on(client);
      assertNothingHappened(counter);
      assertThatThrownBy(() -> counter.claim(orders)).hasMessageContaining("Connection refused");
    }
  }

  private void assertNothingHappened(RedisStockCounter counter) {
    assertThatThrownBy(() -> counter.claim(orders))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("cannot connect to Redis");
  }
}
