package io.hotdeal.redis;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.UnifiedJedis;

/** The clients that every test on a cluster runs with. */
enum ClusterClient {
  JEDIS {
    @Override
    Client.Connected connect(URI node, Duration timeout) {
      UnifiedJedis jedis =
          Jedises.cluster(
              node,
              DefaultJedisClientConfig.builder()
                  .socketTimeoutMillis((int) timeout.toMillis())
                  .build());
      return new Client.Connected(JedisCounters.on(jedis), jedis::close);
    }
  },
  LETTUCE {
    @Override
    Client.Connected connect(URI node, Duration timeout) {
      RedisURI uri = RedisURI.create(node);
      uri.setTimeout(timeout);
      RedisClusterClient lettuce = RedisClusterClient.create(uri);
      lettuce.setOptions(
          ClusterClientOptions.builder()
              .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
              .topologyRefreshOptions(
                  ClusterTopologyRefreshOptions.builder().dynamicRefreshSources(false).build())
              .build());
      return new Client.Connected(
          LettuceCounters.on(lettuce),
          () -> lettuce.shutdown(Duration.ZERO, Duration.ofSeconds(5)));
    }
  };

  /**
   * @param node from which the client discovers the others
   */
  abstract Client.Connected connect(URI node, Duration timeout);

  Client.Connected connect(URI node) {
    return connect(node, Duration.ofSeconds(20));
  }
}
