package io.hotdeal.jmh.strategy;

import io.hotdeal.Order;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.redisson.api.RAtomicLong;
import org.redisson.api.RedissonClient;

/** {@code RAtomicLong.addAndGet}, and back when below 0: as DECR and INCR, by Redisson. */
final class RedissonCounter extends RedissonStrategy<RAtomicLong> {

  RedissonCounter(RedissonClient redisson) {
    super(redisson);
  }

  @Override
  RAtomicLong open(String dealId, long units) {
    RAtomicLong left = redisson.getAtomicLong(dealId + "-left");
    left.set(units);
    return left;
  }

  @Override
  long left(RAtomicLong left) {
    return left.get();
  }

  @Override
  public Answer sell(Order order) {
    RAtomicLong left = handle(order);
    if (left.addAndGet(-order.quantity()) >= 0) {
      return Answer.SOLD;
    }
    left.addAndGet(order.quantity());
    return Answer.SOLD_OUT;
  }

  @Override
  public CompletionStage<Answer> sellAsync(Order order) {
    RAtomicLong left = handle(order);
    return left.addAndGetAsync(-order.quantity())
        .thenCompose(now -> now >= 0 ? sold() : giveBack(left, order.quantity()));
  }

  private static CompletionStage<Answer> sold() {
    return CompletableFuture.completedFuture(Answer.SOLD);
  }

  private static CompletionStage<Answer> giveBack(RAtomicLong left, long units) {
    return left.addAndGetAsync(units).thenApply(now -> Answer.SOLD_OUT);
  }
}
