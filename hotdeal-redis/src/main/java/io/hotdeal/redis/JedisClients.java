package io.hotdeal.redis;

import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/** Creates Jedis clients with short time-outs, which never send a command twice. */
public final class JedisClients {

  /** How long to wait for a connection and for an answer, unless told otherwise. */
  public static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** Connections at most, made when they are needed: so many calls can be under way at a time. */
  public static final int POOL_SIZE = 32;

  private JedisClients() {}

  /**
   * A pooled client for one server, with {@link #TIMEOUT}. Connects when it is first used.
   *
   * @param uri {@code redis[s]://[[user]:password@]host[:port][/database]}
   * @throws IllegalArgumentException if it is not of that form; the message does not name it
   */
  public static RedisClient standalone(URI uri) {
    return standalone(uri, TIMEOUT);
  }

  /**
   * The same with a time-out of its own.
   *
   * @param timeout how long to wait, each, for a free connection of the pool, for a new one and for
   *     an answer; 1 ms or more
   */
  @SuppressWarnings("deprecation") // SslOptions, in its place, would switch TLS on for redis:// too
  public static RedisClient standalone(URI uri, Duration timeout) {
    RedisUris.check(uri);
    int millis = TimeoutCheck.millis(timeout);
    return RedisClient.builder()
        .hostAndPort(new HostAndPort(uri.getHost(), RedisUris.port(uri)))
        .poolConfig(pool(timeout))
        .clientConfig(
            DefaultJedisClientConfig.builder(uri)
                .connectionTimeoutMillis(millis)
                .sslParameters(hostNameOfCertificate())
                .socketTimeoutMillis(millis)
                .build())
        .build();
  }

  /**
   * With {@code rediss}, Jedis by itself takes any host's certificate of an authority it trusts.
   */
  private static SSLParameters hostNameOfCertificate() {
    SSLParameters parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  private static ConnectionPoolConfig pool(Duration timeout) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(POOL_SIZE);
    pool.setMaxIdle(POOL_SIZE);
    pool.setMaxWait(timeout);
    return pool;
  }
}
