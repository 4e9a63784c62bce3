package io.hotdeal.jmh.strategy;

import io.hotdeal.redis.JedisClients;
import io.hotdeal.redis.JedisCounters;
import io.hotdeal.redis.LettuceClients;
import io.hotdeal.redis.LettuceCounters;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.lettuce.core.RedisClient;
import java.net.URI;
import java.time.Duration;

/**
 * A counter in Redis, and the client that it uses.
 *
 * @param end ends the client
 */
record RedisCounter(StockCounter counter, Runnable end) {

  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

  static RedisCounter jedis(URI uri) {
    redis.clients.jedis.RedisClient client = JedisClients.standalone(uri);
    return new RedisCounter(JedisCounters.on(client), client::close);
  }

  static RedisCounter lettuce(URI uri) {
    RedisClient client = LettuceClients.standalone(uri);
    return new RedisCounter(
        LettuceCounters.on(client), () -> client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT));
  }

  /** Units that are claimed, settled or not. */
  long sold(String dealId) {
    Stock stock = counter.stock(dealId).orElseThrow();
    return stock.claimed() + stock.settled();
  }
}
