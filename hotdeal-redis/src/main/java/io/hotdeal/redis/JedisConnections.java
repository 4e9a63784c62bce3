package io.hotdeal.redis;

import java.lang.reflect.InvocationTargetException;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.Pool;

/**
 * Access to the connection pool of a Jedis client for one server. The client's class is {@code
 * RedisClient} or, before 8.0, {@code JedisPooled}; the two have only the name of the getter in
 * common, so it is called by reflection.
 */
final class JedisConnections {

  private JedisConnections() {}

  /**
   * Closes the pool's idle connections, if the client has a pool: they lead to the same server as
   * the connection that failed. Those in use are closed when they fail too.
   */
  static void clear(UnifiedJedis jedis) {
    try {
      if (jedis.getClass().getMethod("getPool").invoke(jedis) instanceof Pool<?> pool) {
        pool.clear();
      }
    } catch (NoSuchMethodException | IllegalAccessException e) {
      // The Sentinel and cluster clients look up the primary themselves.
    } catch (InvocationTargetException e) {
      // A client with a connection provider of its own has no pool.
    }
  }
}
