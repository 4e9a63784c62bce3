package io.hotdeal.faults;

import io.hotdeal.Order;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import redis.clients.jedis.Jedis;

/**
 * A faulty counter that deletes an id once it is settled, so that a late duplicate claims again.
 */
final class ForgetfulCounter extends UnmendedCounter {

  private final int redisPort;

  ForgetfulCounter(StockCounter delegate, int redisPort) {
    super(delegate);
    this.redisPort = redisPort;
  }

  @Override
  public void settle(List<Order> orders) {
    super.settle(orders);
    if (!orders.isEmpty()) {
      String[] ids = orders.stream().map(Order::id).toArray(String[]::new);
      String settled = "{" + orders.get(0).dealId() + "}-settled";
      try (Jedis jedis = new Jedis("127.0.0.1", redisPort)) {
        jedis.hset(settled, "nobody", "n:1:nobody"); // keeps the key, and so the deal
        jedis.hdel(settled, ids);
      }
    }
  }
}
