package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.util.function.Supplier;

/**
 * Stock counters over Lettuce, 6.6 or later.
 *
 * <p>Lettuce repeats commands after a reconnect unless its options reject commands while it is
 * disconnected, and before 6.7 even then: repeating is safe, but then no error proves that nothing
 * happened. {@link LettuceClients} makes a client that does not repeat.
 */
public final class LettuceCounters {

  private LettuceCounters() {}

  /**
   * A counter over one connection of this client, which all threads share. It connects at the first
   * call, so that a process can start while Redis is down, and anew at the next call after a
   * connection failed, went silent or led to a server that is no primary any more; it is closed
   * with the client. Of many who want it at once, one connects; all wait no longer than that takes.
   */
  public static RedisStockCounter on(RedisClient client) {
    return RedisStockCounter.on(
        new LettuceScriptRunner(
            new RenewableLettuceConnection<>(
                client::connect, StatefulRedisConnection::sync, client.getOptions())));
  }

  /**
   * A counter over one connection of this client to its cluster, which all threads share. It
   * connects at the first call, so that a process can start while Redis is down. The connection
   * stays, as {@link #on(StatefulRedisClusterConnection)} says; it is closed with the client.
   */
  public static RedisStockCounter on(RedisClusterClient client) {
    return RedisStockCounter.on(new LazyScriptRunner(() -> runner(client.connect())));
  }

  /**
   * A counter over this connection, which all threads share. It is never replaced: one that goes
   * silent stays silent until the operating system gives it up, one whose server was demoted to a
   * replica stays with it, and after a long outage it comes back as late as its client's {@code
   * reconnectDelay} says. Hand in the client instead, where you have it.
   */
  public static RedisStockCounter on(StatefulRedisConnection<String, String> connection) {
    return RedisStockCounter.on(runner(connection));
  }

  /** The same over a connection to a cluster. */
  public static RedisStockCounter on(StatefulRedisClusterConnection<String, String> connection) {
    return RedisStockCounter.on(runner(connection));
  }

  /**
   * A counter over a connection that is made when it is first wanted, such as {@code () ->
   * MasterReplica.connect(client, StringCodec.UTF8, uri)}, so that a process can start while Redis
   * is down.
   *
   * <p>The supplier is asked at the first call and, if it throws, again at the next one, by one
   * thread at a time; the calls that wait for it fail with it, as {@link NothingHappenedException}.
   * What it made is left for a new one when it fails, went silent or leads to a server that is no
   * primary any more, and is closed then; the last one is closed with its client.
   *
   * @param connection makes the connection, or throws
   */
  public static RedisStockCounter lazily(
      Supplier<? extends StatefulRedisConnection<String, String>> connection) {
    return RedisStockCounter.on(
        new LettuceScriptRunner(
            new RenewableLettuceConnection<>(
                connection, StatefulRedisConnection::sync, ClientOptions.create())));
  }

  private static ScriptRunner runner(StatefulRedisConnection<String, String> connection) {
    return new LettuceScriptRunner(new FixedLettuceConnection(connection, connection.sync()));
  }

  private static ScriptRunner runner(StatefulRedisClusterConnection<String, String> connection) {
    return new LettuceScriptRunner(new FixedLettuceConnection(connection, connection.sync()));
  }
}
