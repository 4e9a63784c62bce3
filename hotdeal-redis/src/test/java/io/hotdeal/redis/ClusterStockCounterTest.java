package io.hotdeal.redis;

import io.hotdeal.StockCounter;
import io.hotdeal.contract.StockCounterContract;
import io.lettuce.core.cluster.RedisClusterClient;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.UnifiedJedis;

@DisplayName("A stock counter on a Redis cluster of three")
class ClusterStockCounterTest {

  private static EmbeddedCluster cluster;
  private static UnifiedJedis jedis;
  private static RedisClusterClient lettuce;
  private static StockCounter overLettuce;

  @BeforeAll
  static void start() {
    cluster = new EmbeddedCluster();
    URI uri = cluster.uri();
    jedis =
        redis.clients.jedis.RedisClusterClient.create(
            new HostAndPort(uri.getHost(), uri.getPort()));
    lettuce = RedisClusterClient.create(uri.toString());
    overLettuce = LettuceCounters.on(lettuce.connect());
  }

  @AfterAll
  static void stop() {
    lettuce.shutdown();
    jedis.close();
    cluster.close();
  }

  @Nested
  @DisplayName("over Jedis")
  class OverJedis extends StockCounterContract {
    @Override
    protected StockCounter counter() {
      return JedisCounters.on(jedis);
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
