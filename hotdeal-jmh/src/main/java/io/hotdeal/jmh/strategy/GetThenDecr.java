package io.hotdeal.jmh.strategy;

import io.hotdeal.Order;
import java.util.concurrent.CompletableFuture;

/**
 * GET, look, DECR: two round trips, and between them everybody else may buy what was seen.
 *
 * <p>The workshop's own; it oversells.
 */
class GetThenDecr extends RedisCountdown {

  GetThenDecr(RedisCalls redis) {
    super(redis);
  }

  @Override
  final CompletableFuture<Answer> sell(String key, Order order) {
    return redis
        .get(key)
        .thenCompose(
            left ->
                left < order.quantity()
                    ? CompletableFuture.completedFuture(Answer.SOLD_OUT)
                    : decrease(key, order));
  }

  CompletableFuture<Answer> decrease(String key, Order order) {
    return redis.add(key, -order.quantity()).thenApply(left -> Answer.SOLD);
  }
}
