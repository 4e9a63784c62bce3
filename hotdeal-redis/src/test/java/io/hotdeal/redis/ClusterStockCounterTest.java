package io.hotdeal.redis;

import io.hotdeal.StockCounter;
import io.hotdeal.contract.StockCounterContract;
import io.lettuce.core.cluster.RedisClusterClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
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
    jedis = Jedises.cluster(cluster.uri());
    lettuce = RedisClusterClient.create(cluster.uri().toString());
    overLettuce = LettuceCounters.on(lettuce);
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
