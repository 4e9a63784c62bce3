package io.hotdeal.redis;

import java.net.URI;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/** Jedis, configured for a gate: it answers soon or not at all, and never sends a command twice. */
public final class JedisClients {

  /** How long to wait for a connection and for an answer, in milliseconds. */
  public static final int TIMEOUT_MILLIS = 2_000;

  private JedisClients() {}

  /**
   * A pooled client for one server. Connects when it is first used.
   *
   * @param uri {@code redis[s]://[[user]:password@]host[:port][/database]}
   * @throws IllegalArgumentException if it is not of that form; the message does not name it
   */
  public static RedisClient standalone(URI uri) {
    return standalone(uri, TIMEOUT_MILLIS);
  }

  static RedisClient standalone(URI uri, int timeoutMillis) {
    RedisUris.check(uri);
    return RedisClient.builder()
        .hostAndPort(new HostAndPort(uri.getHost(), RedisUris.port(uri)))
        .clientConfig(
            DefaultJedisClientConfig.builder(uri)
                .connectionTimeoutMillis(timeoutMillis)
                .socketTimeoutMillis(timeoutMillis)
                .build())
        .build();
  }
}
