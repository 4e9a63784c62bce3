package io.hotdeal.redis;

import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/** A factory of Jedis clients with short time-outs, which send each command once. */
public final class JedisClients {

  /** The default time-out, 2 s: for a free connection, for a new one and for an answer, each. */
  public static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** The most connections of a client, and thus of concurrent calls; opened on demand. */
  public static final int POOL_SIZE = 32;

  private JedisClients() {}

  /**
   * Creates a pooled client for one server, with {@link #TIMEOUT}. It connects when it is first
   * used; the caller closes it.
   *
   * @param uri {@code redis[s]://[[user]:password@]host[:port][/database]}; the port is 6379 by
   *     default
   * @throws IllegalArgumentException if it is not of that form; the message does not contain it
   */
  public static RedisClient standalone(URI uri) {
    return standalone(uri, TIMEOUT);
  }

  /**
   * The same with a given time-out.
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

  /** Makes TLS check the host name; by default Jedis accepts any host's trusted certificate. */
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
