package io.hotdeal.jmh.strategy;

import io.hotdeal.Order;
import java.util.concurrent.CompletableFuture;

/**
 * DECR, and INCR if it went below 0: one round trip for a sale, two for a refusal.
 *
 * <p>It never oversells. Units are lost where a buyer dies between the two, and sold twice where an
 * answer is lost and the client asks again.
 */
final class DecrAndGiveBack extends RedisCountdown {

  DecrAndGiveBack(RedisCalls redis) {
    super(redis);
  }

  @Override
  CompletableFuture<Answer> sell(String key, Order order) {
    return redis
        .add(key, -order.quantity())
        .thenCompose(
            left ->
                left >= 0
                    ? CompletableFuture.completedFuture(Answer.SOLD)
                    : giveBack(key, order.quantity()));
  }

  private CompletableFuture<Answer> giveBack(String key, long units) {
    return redis.add(key, units).thenApply(left -> Answer.SOLD_OUT);
  }
}
