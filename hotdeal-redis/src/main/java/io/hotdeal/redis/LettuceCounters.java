package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.util.function.Supplier;

/**
 * Factories of stock counters over Lettuce, 6.6 or later.
 *
 * <p>Lettuce repeats commands after a reconnect unless its options reject commands while it is
 * disconnected, and before 6.7 even then: repeating is safe, but then no error proves that nothing
 * happened. {@link LettuceClients} makes a client that does not repeat.
 */
public final class LettuceCounters {

  private LettuceCounters() {}

  /**
   * Creates a counter over one connection of this client, which all threads share. It is opened at
   * the first call, so that a process can start while Redis is down. It is replaced at the next
   * call after it failed, an answer timed out, or its server turned out not to be a primary; the
   * last one is closed with the client. Concurrent calls share one connection attempt, and none
   * waits longer than that takes.
   */
  public static RedisStockCounter on(RedisClient client) {
    return RedisStockCounter.on(
        new LettuceScriptRunner(
            new RenewableLettuceConnection(
                () -> LettuceConnection.of(client.connect()), client.getOptions())));
  }

  /**
   * Creates a counter over one connection of this client to its cluster, which all threads share.
   * It is opened at the first call, so that a process can start while Redis is down, and never
   * replaced, as with {@link #on(StatefulRedisClusterConnection)}; it is closed with the client.
   */
  public static RedisStockCounter on(RedisClusterClient client) {
    return RedisStockCounter.on(
        new LazyScriptRunner(() -> fixed(LettuceConnection.of(client.connect()))));
  }

  /**
   * Creates a counter over this connection, which all threads share. The caller closes it. It is
   * never replaced: one whose server no longer answers stays broken until the operating system
   * closes it, one whose server was demoted to a replica stays with that server, and after a long
   * outage it reconnects only after its client's {@code reconnectDelay}. Prefer {@link
   * #on(RedisClient)}.
   */
  public static RedisStockCounter on(StatefulRedisConnection<String, String> connection) {
    return RedisStockCounter.on(fixed(LettuceConnection.of(connection)));
  }

  /** The same over a connection to a cluster. */
  public static RedisStockCounter on(StatefulRedisClusterConnection<String, String> connection) {
    return RedisStockCounter.on(fixed(LettuceConnection.of(connection)));
  }

  /**
   * Creates a counter over a connection that is opened on first use, such as {@code () ->
   * MasterReplica.connect(client, StringCodec.UTF8, uri)}, so that a process can start while Redis
   * is down.
   *
   * <p>The supplier is called at the counter's first call and, if it throws, again at the next one,
   * by one thread at a time. Calls that wait for it share its failure, as a {@link
   * NothingHappenedException}. A connection that failed, did not answer in time, or whose server
   * turned out not to be a primary is closed, and the next call asks the supplier for a new one.
   * The last one is closed with its client, by the caller.
   *
   * @param connection opens a connection, or throws
   */
  public static RedisStockCounter lazily(
      Supplier<? extends StatefulRedisConnection<String, String>> connection) {
    return RedisStockCounter.on(
        new LettuceScriptRunner(
            new RenewableLettuceConnection(
                () -> LettuceConnection.of(connection.get()), ClientOptions.create())));
  }

  private static ScriptRunner fixed(LettuceConnection connection) {
    return new LettuceScriptRunner(new FixedLettuceConnection(connection));
  }
}
