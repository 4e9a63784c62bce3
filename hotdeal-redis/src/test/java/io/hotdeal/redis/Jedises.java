package io.hotdeal.redis;

import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.UnifiedJedis;

/**
 * Creates Jedis clients in each version of Jedis that runs the tests: from 7.2 on by builders,
 * before that by constructors of classes that 8.0 no longer has.
 */
final class Jedises {

  private Jedises() {}

  static UnifiedJedis standalone(URI uri) {
    return standalone(uri, Duration.ofSeconds(2));
  }

  static UnifiedJedis standalone(URI uri, Duration timeout) {
    if (hasBuilders()) {
      return Builders.standalone(uri, timeout);
    }
    RedisUris.check(uri);
    return make(
        "JedisPooled", new Class<?>[] {URI.class, int.class}, uri, (int) timeout.toMillis());
  }

  static UnifiedJedis standalone(HostAndPort address, JedisClientConfig config) {
    return hasBuilders()
        ? Builders.standalone(address, config)
        : make(
            "JedisPooled",
            new Class<?>[] {HostAndPort.class, JedisClientConfig.class},
            address,
            config);
  }

  static UnifiedJedis sentinel(String master, int port) {
    Set<HostAndPort> sentinels = Set.of(new HostAndPort("127.0.0.1", port));
    JedisClientConfig config = DefaultJedisClientConfig.builder().build();
    return hasBuilders()
        ? Builders.sentinel(master, sentinels)
        : make(
            "JedisSentineled",
            new Class<?>[] {
              String.class, JedisClientConfig.class, Set.class, JedisClientConfig.class
            },
            master,
            config,
            sentinels,
            config);
  }

  static UnifiedJedis cluster(URI node) {
    return cluster(node, DefaultJedisClientConfig.builder().build());
  }

  static UnifiedJedis cluster(URI node, JedisClientConfig config) {
    HostAndPort address = new HostAndPort(node.getHost(), node.getPort());
    return hasBuilders()
        ? Builders.cluster(address, config)
        : make(
            "JedisCluster",
            new Class<?>[] {Set.class, JedisClientConfig.class},
            Set.of(address),
            config);
  }

  static boolean hasBuilders() {
    try {
      Class.forName("redis.clients.jedis.RedisClient");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static UnifiedJedis make(String type, Class<?>[] types, Object... arguments) {
    try {
      return Class.forName("redis.clients.jedis." + type)
          .asSubclass(UnifiedJedis.class)
          .getConstructor(types)
          .newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Loaded only if the classes that it uses exist. */
  private static final class Builders {

    static UnifiedJedis standalone(URI uri, Duration timeout) {
      return JedisClients.standalone(uri, timeout);
    }

    static UnifiedJedis standalone(HostAndPort address, JedisClientConfig config) {
      return redis.clients.jedis.RedisClient.builder()
          .hostAndPort(address)
          .clientConfig(config)
          .build();
    }

    static UnifiedJedis sentinel(String master, Set<HostAndPort> sentinels) {
      return redis.clients.jedis.RedisSentinelClient.builder()
          .masterName(master)
          .sentinels(sentinels)
          .build();
    }

    static UnifiedJedis cluster(HostAndPort node, JedisClientConfig config) {
      return redis.clients.jedis.RedisClusterClient.builder()
          .nodes(Set.of(node))
          .clientConfig(config)
          .build();
    }
  }
}
