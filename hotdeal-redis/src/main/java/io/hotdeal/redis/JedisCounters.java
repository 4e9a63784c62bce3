package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * Stock counters over Jedis, 6.0 or later.
 *
 * <p>Jedis' plain and Sentinel clients send a command once, so that their errors can prove that
 * nothing happened; its cluster client repeats commands, which is safe, but proves nothing. Any
 * other {@link UnifiedJedis}, and one whose command executor is your own, is taken as what its
 * class is.
 */
public final class JedisCounters {

  private JedisCounters() {}

  /**
   * A counter over this client: standalone, Sentinel or cluster. The caller closes the client,
   * after the last call.
   */
  public static RedisStockCounter on(UnifiedJedis jedis) {
    return RedisStockCounter.on(new JedisScriptRunner(jedis));
  }

  /**
   * A counter over a client that is made when it is first wanted, so that a process can start while
   * Redis is down: Jedis' Sentinel and cluster clients connect when they are made.
   *
   * <p>The supplier is asked at the first call and, if it throws, again at the next one, by one
   * thread at a time; the calls that wait for it fail with it, as {@link NothingHappenedException}.
   * What it made is kept. The caller closes it: let the supplier remember it.
   *
   * @param jedis makes the client, or throws
   */
  public static RedisStockCounter lazily(Supplier<? extends UnifiedJedis> jedis) {
    return RedisStockCounter.on(new LazyScriptRunner(() -> new JedisScriptRunner(jedis.get())));
  }
}
