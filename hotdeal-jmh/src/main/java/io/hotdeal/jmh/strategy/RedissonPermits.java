package io.hotdeal.jmh.strategy;

import io.hotdeal.Order;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.redisson.api.RPermitExpirableSemaphore;
import org.redisson.api.RedissonClient;

/**
 * {@code RPermitExpirableSemaphore.tryAcquire}: one script, one round trip, and every permit has an
 * id, which Redisson makes anew for every attempt. Without a lease: what is sold does not come
 * back.
 */
final class RedissonPermits extends RedissonStrategy<RPermitExpirableSemaphore> {

  RedissonPermits(RedissonClient redisson) {
    super(redisson);
  }

  @Override
  RPermitExpirableSemaphore open(String dealId, long units) {
    RPermitExpirableSemaphore permits = redisson.getPermitExpirableSemaphore(dealId + "-permits");
    permits.trySetPermits(Math.toIntExact(units));
    return permits;
  }

  @Override
  long left(RPermitExpirableSemaphore permits) {
    return permits.availablePermits();
  }

  @Override
  public Answer sell(Order order) {
    return answer(handle(order).tryAcquire(Math.toIntExact(order.quantity())));
  }

  @Override
  public CompletionStage<Answer> sellAsync(Order order) {
    return handle(order)
        .tryAcquireAsync(Math.toIntExact(order.quantity()))
        .thenApply(RedissonPermits::answer);
  }

  private static Answer answer(List<String> permits) {
    return answer(!permits.isEmpty());
  }
}
