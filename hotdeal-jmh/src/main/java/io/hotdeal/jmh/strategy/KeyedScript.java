package io.hotdeal.jmh.strategy;

import io.hotdeal.Order;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One script per order, which remembers the order's id: one round trip, idempotent, never
 * oversells.
 *
 * <p>As lean as such a script can be, two commands for a sale: no terms, no windows, no buyers'
 * limits, no deadlines, unlike hotdeal's. A server that forgets its scripts fails it.
 */
final class KeyedScript extends RedisStrategy {

  private static final String SCRIPT =
      """
      if redis.call('SADD', KEYS[2], ARGV[1]) == 0 then return 1 end
      if redis.call('DECRBY', KEYS[1], ARGV[2]) >= 0 then return 1 end
      redis.call('INCRBY', KEYS[1], ARGV[2])
      redis.call('SREM', KEYS[2], ARGV[1])
      return 0
      """;

  private final String sha;

  KeyedScript(RedisCalls redis) {
    super(redis);
    sha = redis.load(SCRIPT);
  }

  @Override
  CompletableFuture<Answer> sell(String key, Order order) {
    return redis
        .run(
            sha,
            List.of(key, key + "-orders"),
            List.of(order.id(), Long.toString(order.quantity())))
        .thenApply(sold -> answer(sold == 1));
  }
}
