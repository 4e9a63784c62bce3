package io.hotdeal.jmh.strategy;

import io.hotdeal.AsyncStockCounter;
import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** hotdeal's Redis counter without a HotDeal and without a log: idempotent claims, batched. */
final class ClaimStrategy implements Strategy {

  private final RedisCounter redis;
  private final AsyncStockCounter batched;

  ClaimStrategy(RedisCounter redis) {
    this.redis = redis;
    this.batched = AsyncStockCounter.over(redis.counter());
  }

  @Override
  public void open(List<Deal> deals) {
    deals.forEach(redis.counter()::open);
  }

  @Override
  public Answer sell(Order order) {
    return answer(batched.claim(order).join());
  }

  @Override
  public CompletionStage<Answer> sellAsync(Order order) {
    return batched.claim(order).thenApply(ClaimStrategy::answer);
  }

  /** One script call. */
  @Override
  public List<Answer> sellAll(List<Order> orders) {
    return redis.counter().claim(orders).stream().map(ClaimStrategy::answer).toList();
  }

  private static Answer answer(ClaimResult result) {
    if (result instanceof ClaimResult.Claimed) {
      return Answer.SOLD;
    } else if (result instanceof Refusal.SoldOut) {
      return Answer.SOLD_OUT;
    }
    throw new IllegalStateException("neither claimed nor sold out: " + result);
  }

  @Override
  public long sold(String dealId) {
    return redis.sold(dealId);
  }

  @Override
  public void close() {
    batched.close();
    redis.end().run();
  }
}
