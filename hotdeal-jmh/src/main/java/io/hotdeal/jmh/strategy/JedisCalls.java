package io.hotdeal.jmh.strategy;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/** Jedis with a connection for every caller, so that none waits for another's. */
record JedisCalls(RedisClient client) implements RedisCalls {

  private static final int DEFAULT_PORT = 6379;

  static JedisCalls of(Stores stores) {
    URI uri = stores.redis();
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(stores.callers());
    pool.setMaxIdle(stores.callers());
    return new JedisCalls(
        RedisClient.builder()
            .hostAndPort(
                new HostAndPort(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()))
            .clientConfig(DefaultJedisClientConfig.builder(uri).build())
            .poolConfig(pool)
            .build());
  }

  @Override
  public boolean isBlocking() {
    return true;
  }

  @Override
  public void set(String key, long value) {
    client.set(key, Long.toString(value));
  }

  @Override
  public CompletableFuture<Long> get(String key) {
    return CompletableFuture.completedFuture(Long.valueOf(client.get(key)));
  }

  @Override
  public CompletableFuture<Long> add(String key, long delta) {
    return CompletableFuture.completedFuture(client.incrBy(key, delta));
  }

  @Override
  public void close() {
    client.close();
  }
}
