package io.hotdeal.jmh.strategy;

import io.hotdeal.Order;
import java.util.concurrent.CompletionStage;
import org.redisson.api.RSemaphore;
import org.redisson.api.RedissonClient;

/** Redisson's {@code RSemaphore.tryAcquire}: one script, one round trip. */
final class RedissonSemaphore extends CountdownStrategy<RSemaphore> {

  private final RedissonClient redisson;

  RedissonSemaphore(RedissonClient redisson) {
    this.redisson = redisson;
  }

  @Override
  RSemaphore open(String dealId, long units) {
    RSemaphore semaphore = redisson.getSemaphore(dealId + "-semaphore");
    semaphore.trySetPermits(Math.toIntExact(units));
    return semaphore;
  }

  @Override
  long left(RSemaphore semaphore) {
    return semaphore.availablePermits();
  }

  @Override
  public Answer sell(Order order) {
    return answer(handle(order).tryAcquire(Math.toIntExact(order.quantity())));
  }

  @Override
  public CompletionStage<Answer> sellAsync(Order order) {
    return handle(order)
        .tryAcquireAsync(Math.toIntExact(order.quantity()))
        .thenApply(CountdownStrategy::answer);
  }

  @Override
  public void close() {
    redisson.shutdown();
  }
}
