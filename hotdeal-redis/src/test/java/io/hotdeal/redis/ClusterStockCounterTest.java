package io.hotdeal.redis;

import io.hotdeal.StockCounter;
import io.hotdeal.contract.StockCounterContract;
import io.lettuce.core.cluster.RedisClusterClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.UnifiedJedis;
import redis.embedded.RedisShardedCluster;

@DisplayName("A stock counter on a Redis cluster of three")
class ClusterStockCounterTest {

  private static RedisShardedCluster cluster;
  private static UnifiedJedis jedis;
  private static RedisClusterClient lettuce;
  private static StockCounter overLettuce;

  @BeforeAll
  static void start() throws IOException {
    cluster =
        RedisShardedCluster.newRedisCluster()
            .serverPorts(List.of(clusterPort(), clusterPort(), clusterPort()))
            .shard("a", 0)
            .shard("b", 0)
            .shard("c", 0)
            .build();
    cluster.start();
    int port = cluster.serverPorts().get(0);
    jedis = redis.clients.jedis.RedisClusterClient.create(new HostAndPort("127.0.0.1", port));
    lettuce = RedisClusterClient.create("redis://127.0.0.1:" + port);
    overLettuce = RedisStockCounter.lettuce(lettuce.connect());
  }

  @AfterAll
  static void stop() throws IOException {
    lettuce.shutdown();
    jedis.close();
    cluster.stop();
  }

  /** A free port that leaves room for the cluster bus, 10,000 above it. */
  private static int clusterPort() throws IOException {
    int port = EmbeddedRedis.freePort();
    while (port > 55_535) {
      port = EmbeddedRedis.freePort();
    }
    return port;
  }

  @Nested
  @DisplayName("over Jedis")
  class OverJedis extends StockCounterContract {
    @Override
    protected StockCounter counter() {
      return RedisStockCounter.jedis(jedis);
    }
  }

  @Nested
  @DisplayName("over Lettuce")
  class OverLettuce extends StockCounterContract {
    @Override
    protected StockCounter counter() {
      return overLettuce;
    }
  }
}
