package io.hotdeal.redis;

import io.hotdeal.contract.Crowd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The base of tests that need one Redis and a counter on it by Jedis. */
abstract class CounterOnRedis {

  static EmbeddedRedis redis;
  private static Client.Connected client;

  final String dealId = Crowd.freshDealId();
  final RedisStockCounter counter = client.counter();

  @BeforeAll
  static void start() {
    redis = new EmbeddedRedis();
    client = Client.JEDIS.connect(redis.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    redis.close();
  }

  /** The time by the clock of Redis, in epoch milliseconds. */
  static long redisMillis() {
    return (Long)
        redis
            .admin()
            .eval("local t = redis.call('TIME') return t[1] * 1000 + math.floor(t[2] / 1000)");
  }

  static void awaitRedisMillis(long end) {
    while (redisMillis() < end) {
      Thread.onSpinWait();
    }
  }
}
