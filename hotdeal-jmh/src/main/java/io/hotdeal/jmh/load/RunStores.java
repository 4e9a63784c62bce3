package io.hotdeal.jmh.load;

import io.hotdeal.redis.JedisClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;

/**
 * The stores of a run. Each is started when a slice first asks for it, and stays until the end; the
 * tables are made where they are missing. Not thread-safe.
 */
public final class RunStores implements AutoCloseable {

  private final String databaseName;
  private final String redisName;
  private final Cleanup cleanup = new Cleanup();
  private final Map<Double, Delays> delays = new HashMap<>();
  private final LongAdder connections = new LongAdder();
  private @Nullable JdbcTarget database;
  private @Nullable URI redis;
  private @Nullable RedisClient redisCounts;

  /**
   * Nothing is started yet.
   *
   * @param databaseName see {@link Databases}
   * @param redisName see {@link RedisServers}
   */
  public RunStores(String databaseName, String redisName) {
    this.databaseName = databaseName;
    this.redisName = redisName;
  }

  /** What one slice sees of them: closed with the slice. */
  public SliceStores slice(Shape shape) {
    return new SliceStores(this, shape);
  }

  /** The database, started; without any delay. */
  public JdbcTarget database() {
    if (database == null) {
      try {
        JdbcTarget started = Databases.start(databaseName, cleanup);
        started.schema().applyTo(new CountedDataSource(started::connect, new LongAdder()));
        database = started;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException("the tables could not be made", e);
      }
    }
    return database;
  }

  /** A new connection to the database. */
  public Connection connect() throws SQLException {
    return database().connect();
  }

  JdbcTarget database(double roundTripMillis) {
    JdbcTarget near = database();
    return roundTripMillis == 0 ? near : near.delayed(delaysOf(roundTripMillis));
  }

  /** Redis, started; without any delay. May hold a password. */
  public URI redis() {
    if (redis == null) {
      try {
        redis = RedisServers.start(redisName, cleanup);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      RedisClient client = JedisClients.standalone(redis);
      cleanup.add(client::close);
      client.ping();
      redisCounts = client;
    }
    return redis;
  }

  URI redis(double roundTripMillis) {
    URI near = redis();
    if (roundTripMillis == 0) {
      return near;
    }
    int port = delaysOf(roundTripMillis).to(near.getHost(), near.getPort());
    try {
      return new URI(
          near.getScheme(), near.getUserInfo(), "127.0.0.1", port, near.getPath(), null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a URI became none: " + e.getReason());
    }
  }

  /** Whether anybody asked for the database. */
  public boolean hasDatabase() {
    return database != null;
  }

  /** Whether anybody asked for Redis. */
  public boolean hasRedis() {
    return redis != null;
  }

  LongAdder connections() {
    return connections;
  }

  /** Connections taken, and requests that Redis read, so far; a look is a request itself. */
  long calls() {
    return connections.sum() + (redisCounts == null ? 0 : requests(redisCounts.info("stats")));
  }

  /** What two looks at {@link #calls} count of themselves. */
  long ownCalls() {
    return redisCounts == null ? 0 : 1;
  }

  private static long requests(String info) {
    return info.lines()
        .filter(line -> line.startsWith("total_reads_processed:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .sum();
  }

  private Delays delaysOf(double roundTripMillis) {
    return delays.computeIfAbsent(roundTripMillis, millis -> new Delays(millis, cleanup));
  }

  @Override
  public void close() {
    cleanup.run();
  }
}
