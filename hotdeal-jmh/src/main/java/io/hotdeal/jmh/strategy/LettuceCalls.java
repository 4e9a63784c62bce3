package io.hotdeal.jmh.strategy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Lettuce with one connection that all callers share, where their commands queue up behind each
 * other without waiting for answers. Its defaults are its fastest: no time-out per command.
 */
record LettuceCalls(RedisClient client, StatefulRedisConnection<String, String> connection)
    implements RedisCalls {

  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

  static LettuceCalls of(Stores stores) {
    RedisClient client = RedisClient.create(RedisURI.create(stores.redis()));
    return new LettuceCalls(client, client.connect());
  }

  @Override
  public boolean isBlocking() {
    return false;
  }

  @Override
  public void set(String key, long value) {
    connection.sync().set(key, Long.toString(value));
  }

  @Override
  public CompletableFuture<Long> get(String key) {
    return connection.async().get(key).toCompletableFuture().thenApply(Long::valueOf);
  }

  @Override
  public CompletableFuture<Long> add(String key, long delta) {
    return connection.async().incrby(key, delta).toCompletableFuture();
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT);
  }
}
