package io.hotdeal.jmh.strategy;

import io.hotdeal.Order;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A sale by a number in Redis: what is left. Neither logged nor durable: the counter alone, as the
 * gate is in hotdeal.
 */
abstract class RedisCountdown extends CountdownStrategy<String> {

  final RedisCalls redis;

  RedisCountdown(RedisCalls redis) {
    this.redis = redis;
  }

  /** Sells one order from the number under {@code key}. */
  abstract CompletableFuture<Answer> sell(String key, Order order);

  @Override
  final String open(String dealId, long units) {
    String key = "{" + dealId + "}-left";
    redis.set(key, units);
    return key;
  }

  @Override
  final long left(String key) {
    return redis.get(key).join();
  }

  @Override
  public final Answer sell(Order order) {
    return sell(handle(order), order).join();
  }

  @Override
  public final CompletionStage<Answer> sellAsync(Order order) {
    if (redis.isBlocking()) {
      throw new UnsupportedOperationException("this client only blocks");
    }
    return sell(handle(order), order);
  }

  @Override
  public final void close() {
    redis.close();
  }
}
