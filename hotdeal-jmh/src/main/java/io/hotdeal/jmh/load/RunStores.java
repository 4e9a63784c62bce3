package io.hotdeal.jmh.load;

import io.hotdeal.redis.JedisClients;
import io.hotdeal.testkit.Resources;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;

/**
 * The database and the Redis of a run. Each is started when first asked for and stopped by close;
 * missing tables are created. Not thread-safe.
 */
public final class RunStores implements AutoCloseable {

  private final String databaseName;
  private final String redisName;
  private final Resources resources = new Resources();
  private final Map<Double, DelayProxies> delays = new HashMap<>();
  private final LongAdder connections = new LongAdder();
  private final @Nullable StatementCounter statements;
  private @Nullable JdbcTarget database;
  private @Nullable URI redis;
  private @Nullable RedisClient redisInfo;

  /**
   * Nothing is started yet.
   *
   * @param databaseName see {@link Databases}
   * @param redisName see {@link RedisServers}
   * @param countStatements whether commits and round trips are counted, which costs time
   */
  public RunStores(String databaseName, String redisName, boolean countStatements) {
    this.databaseName = databaseName;
    this.redisName = redisName;
    this.statements = countStatements ? new StatementCounter() : null;
  }

  /** Stores that are started already, and whose tables exist. */
  static RunStores at(InstanceTask.StoreAddresses addresses) {
    RunStores stores = new RunStores("configured", "configured", addresses.countStatements());
    stores.database = addresses.database();
    stores.redis = addresses.redis();
    return stores;
  }

  /** Where those of the stores are that are started, as a load with that delay sees them. */
  InstanceTask.StoreAddresses addresses(double roundTripMillis) {
    return new InstanceTask.StoreAddresses(
        hasDatabase() ? database(roundTripMillis) : null,
        hasRedis() ? redis(roundTripMillis) : null,
        statements != null);
  }

  /** The stores as one scenario sees them, to be closed after its round. */
  public ScenarioStores forScenario(LoadProfile profile) {
    return new ScenarioStores(this, profile);
  }

  /** The database, started; without added delay. */
  public JdbcTarget database() {
    if (database == null) {
      try {
        JdbcTarget started = Databases.start(databaseName, resources);
        started.schema().applyTo(started.dataSource());
        database = started;
      } catch (SQLException e) {
        throw new IllegalStateException("the tables could not be made", e);
      }
    }
    return database;
  }

  /** A new connection to the database. */
  public Connection connect() throws SQLException {
    return database().dataSource().getConnection();
  }

  JdbcTarget database(double roundTripMillis) {
    JdbcTarget near = database();
    return roundTripMillis == 0 ? near : near.delayed(delaysOf(roundTripMillis));
  }

  /** Redis, started; without added delay. May hold a password. */
  public URI redis() {
    if (redis == null) {
      redis = RedisServers.start(redisName, resources);
      RedisClient client = JedisClients.standalone(redis);
      resources.add(client);
      client.ping();
      redisInfo = client;
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

  /** Whether the database was started. */
  public boolean hasDatabase() {
    return database != null;
  }

  /** Whether Redis was started. */
  public boolean hasRedis() {
    return redis != null;
  }

  LongAdder connections() {
    return connections;
  }

  /** The same data source, with its statements counted if the run counts them. */
  DataSource counted(DataSource pool) {
    return statements == null ? pool : statements.count(pool);
  }

  /** What was counted so far; the question itself is a request to Redis. */
  CallCounts calls() {
    String info = redisInfo == null ? "" : redisInfo.info("all");
    return new CallCounts(
        connections.sum(),
        sum(info, "total_reads_processed:(\\d+)"),
        statements == null ? 0 : statements.commits(),
        statements == null ? 0 : statements.roundTrips(),
        sum(info, "cmdstat_eval(?:sha)?:calls=(\\d+)"));
  }

  /**
   * Waits until the measured part of a window begins, and counts the calls until the wait for its
   * end has ended; blocks.
   */
  CallCounts callsWithin(Window window, Waiting forEnd) throws InterruptedException {
    Schedule.waitUntil(window.counts());
    CallCounts before = calls();
    forEnd.run();
    return calls().minus(before).minus(ownCalls());
  }

  /** A wait. */
  interface Waiting {
    void run() throws InterruptedException;
  }

  /** What the difference of two {@link #calls} counts of themselves. */
  private CallCounts ownCalls() {
    return redisInfo == null ? CallCounts.NONE : new CallCounts(0, 1, 0, 0, 0);
  }

  private static long sum(String info, String pattern) {
    return Pattern.compile("^" + pattern, Pattern.MULTILINE)
        .matcher(info)
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }

  private DelayProxies delaysOf(double roundTripMillis) {
    return delays.computeIfAbsent(roundTripMillis, millis -> new DelayProxies(millis, resources));
  }

  @Override
  public void close() {
    resources.close();
  }
}
