package io.hotdeal.redis;

import java.lang.reflect.InvocationTargetException;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.Pool;

/**
 * The pool of a Jedis client for one server. Its class is {@code RedisClient} or, before 7.2,
 * {@code JedisPooled}; nothing but the name of its getter is the same in both.
 */
final class JedisConnections {

  private JedisConnections() {}

  /**
   * Drops the connections that wait in the pool, where the client has one: they lead where the one
   * led that failed. Those in use follow, should they fail too.
   */
  static void clear(UnifiedJedis jedis) {
    try {
      if (jedis.getClass().getMethod("getPool").invoke(jedis) instanceof Pool<?> pool) {
        pool.clear();
      }
    } catch (NoSuchMethodException | IllegalAccessException e) {
      // Sentinel's and the cluster's client look for the primary themselves.
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("Jedis has no pool to clear", e);
    }
  }
}
