package io.hotdeal.redis;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * The nodes of a Jedis client and its connections to them. Every version of Jedis keeps these in
 * protected fields, which are read by reflection, because the public way is not safe: {@code
 * ClusterPipeline} can return a connection with unread replies to its pool, and the next call would
 * take them for its own.
 *
 * @param commands creates commands as the client does
 */
record JedisNodes(UnifiedJedis jedis, ConnectionProvider provider, CommandObjects commands) {

  /** The name of the node of a client that has only one, and of an unknown node. */
  private static final String ANY = "";

  /** The nodes of a client for one server, Sentinel or a cluster; null for any other client. */
  static @Nullable JedisNodes of(UnifiedJedis jedis) {
    return field(jedis, "provider") instanceof ConnectionProvider provider
            && isKnown(provider)
            && field(jedis, "commandObjects") instanceof CommandObjects commands
        ? new JedisNodes(jedis, provider, commands)
        : null;
  }

  private static boolean isKnown(ConnectionProvider provider) {
    return provider instanceof PooledConnectionProvider
        || provider instanceof SentineledConnectionProvider
        || provider instanceof ClusterConnectionProvider;
  }

  private static @Nullable Object field(UnifiedJedis jedis, String name) {
    try {
      Field field = UnifiedJedis.class.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(jedis);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return null;
    }
  }

  /** The name of the node that has these keys, as far as the client knows. */
  String nodeOf(List<String> keys) {
    if (provider instanceof ClusterConnectionProvider cluster) {
      HostAndPort node = cluster.getNode(JedisClusterCRC16.getSlot(keys.get(0)));
      return node == null ? ANY : node.toString();
    }
    return ANY;
  }

  /** A connection to this node. The caller closes it. */
  Connection connect(String node) {
    return provider instanceof ClusterConnectionProvider cluster && !node.equals(ANY)
        ? cluster.getConnection(HostAndPort.from(node))
        : provider.getConnection();
  }

  /** Closes the idle connections to this node, and asks a cluster who has its keys now. */
  void failed(String node) {
    if (provider instanceof ClusterConnectionProvider cluster) {
      ConnectionPool pool = cluster.getNodes().get(node);
      if (pool != null) {
        pool.clear();
      }
      cluster.renewSlotCache();
    } else {
      JedisConnections.clear(jedis);
    }
  }
}
