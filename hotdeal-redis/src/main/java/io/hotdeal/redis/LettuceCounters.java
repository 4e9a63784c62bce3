package io.hotdeal.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;

/** Stock counters over Lettuce, 6.6 or later. */
public final class LettuceCounters {

  private LettuceCounters() {}

  /**
   * A counter over one connection of this client, which all threads share. It connects at the first
   * call, so that a process can start while Redis is down, and anew at the next call after a
   * connection failed or went silent; it is closed with the client.
   */
  public static RedisStockCounter on(RedisClient client) {
    return RedisStockCounter.on(
        new LettuceScriptRunner(new LettuceConnection(client), client.getOptions()));
  }

  /**
   * A counter over this connection, which all threads share. It is never replaced: one that goes
   * silent stays silent until the operating system gives it up, and after a long outage it comes
   * back as late as its client's {@code reconnectDelay} says.
   */
  public static RedisStockCounter on(StatefulRedisConnection<String, String> connection) {
    return RedisStockCounter.on(new LettuceScriptRunner(connection::sync, connection.getOptions()));
  }

  /** The same over a connection to a cluster. */
  public static RedisStockCounter on(StatefulRedisClusterConnection<String, String> connection) {
    return RedisStockCounter.on(new LettuceScriptRunner(connection::sync, connection.getOptions()));
  }
}
