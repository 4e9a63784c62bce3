package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.contract.StockCounterContract;
import io.hotdeal.spi.StockCounter;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.UnifiedJedis;

@DisplayName(
    "A stock counter on a Redis cluster of three nodes, as a user with the documented ACL,")
class ClusterStockCounterTest {

  private static EmbeddedCluster cluster;
  private static UnifiedJedis jedis;
  private static RedisClusterClient lettuce;
  private static StockCounter overLettuce;

  @BeforeAll
  static void start() {
    cluster = new EmbeddedCluster();
    cluster.onEachNode(node -> node.getConnection().executeCommand(AclRule.cluster()));
    URI uri = cluster.uri();
    jedis =
        Jedises.cluster(
            uri,
            DefaultJedisClientConfig.builder()
                .user(AclRule.USER)
                .password(AclRule.PASSWORD)
                .build());
    lettuce =
        RedisClusterClient.create(
            RedisURI.builder(RedisURI.create(uri))
                .withAuthentication(AclRule.USER, AclRule.PASSWORD)
                .build());
    overLettuce = LettuceCounters.on(lettuce);
  }

  @AfterAll
  static void stop() {
    try {
      List<String> denied = new ArrayList<>();
      cluster.onEachNode(
          node -> node.aclLog().forEach(it -> denied.add(it.getContext() + " " + it.getObject())));
      assertThat(denied).isEmpty();
    } finally {
      lettuce.shutdown();
      jedis.close();
      cluster.close();
    }
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
