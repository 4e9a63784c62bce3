package io.hotdeal.redis;

import redis.clients.jedis.UnifiedJedis;

/** Stock counters over Jedis, 6.0 or later. */
public final class JedisCounters {

  private JedisCounters() {}

  /**
   * A counter over this client: standalone, Sentinel or cluster. The caller closes the client,
   * after the last call.
   */
  public static RedisStockCounter on(UnifiedJedis jedis) {
    return RedisStockCounter.on(new JedisScriptRunner(jedis));
  }
}
