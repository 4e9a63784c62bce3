package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * Factories of stock counters over Jedis, 6.0 or later.
 *
 * <p>Jedis' plain and Sentinel clients send a command once, so that their errors can prove that
 * nothing happened; its cluster client repeats commands, which is safe, but its errors prove
 * nothing. Any other {@link UnifiedJedis} is assumed to repeat, unless it extends one of the first
 * two. A command executor of your own is not examined: the client's class decides.
 */
public final class JedisCounters {

  private JedisCounters() {}

  /**
   * Creates a counter over this client: standalone, Sentinel or cluster. The caller closes the
   * client, after the last call.
   */
  public static RedisStockCounter on(UnifiedJedis jedis) {
    return RedisStockCounter.on(new JedisScriptRunner(jedis));
  }

  /**
   * Creates a counter over a client that is created on first use, so that a process can start while
   * Redis is down: Jedis' Sentinel and cluster clients connect when they are created.
   *
   * <p>The supplier is called at the counter's first call and, if it throws, again at the next one,
   * by one thread at a time. Calls that wait for it share its failure, as a {@link
   * NothingHappenedException}. Its client is kept for good. The counter does not close it: the
   * supplier has to keep a reference for that.
   *
   * @param jedis creates the client, or throws
   */
  public static RedisStockCounter lazily(Supplier<? extends UnifiedJedis> jedis) {
    return RedisStockCounter.on(new LazyScriptRunner(() -> new JedisScriptRunner(jedis.get())));
  }
}
