package io.hotdeal.jmh.cost;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.jmh.load.Cleanup;
import io.hotdeal.jmh.load.Databases;
import io.hotdeal.jmh.load.JdbcTarget;
import io.hotdeal.jmh.load.RedisServers;
import io.hotdeal.redis.JedisClients;
import io.hotdeal.redis.LettuceClients;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import redis.clients.jedis.UnifiedJedis;

/** An embedded PostgreSQL and an embedded Redis, which count for themselves what they do. */
final class CountedStores implements AutoCloseable {

  /** All that a counter sends; what a script calls is counted by Redis as well, elsewhere. */
  private static final Set<String> SCRIPT_CALLS = Set.of("cmdstat_eval", "cmdstat_evalsha");

  private final Cleanup cleanup = new Cleanup();
  private final HikariDataSource database;
  private final redis.clients.jedis.RedisClient jedis;
  private final RedisClient lettuce;

  CountedStores() throws IOException, SQLException {
    JdbcTarget postgresql = Databases.start("postgresql", cleanup);
    database = new HikariDataSource(postgresql.config());
    cleanup.add(database);
    postgresql.schema().applyTo(database);
    URI redis = RedisServers.start("embedded", cleanup);
    jedis = JedisClients.standalone(redis);
    cleanup.add(jedis::close);
    lettuce = LettuceClients.standalone(redis);
    cleanup.add(() -> lettuce.shutdown(Duration.ZERO, Duration.ofSeconds(5)));
  }

  DataSource database() {
    return database;
  }

  UnifiedJedis jedis() {
    return jedis;
  }

  RedisClient lettuce() {
    return lettuce;
  }

  /** The number of a new transaction: numbers are given to those only that write. */
  long transactionNumber() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT txid_current()")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** How many scripts Redis was asked to run so far, refused ones too. */
  long scriptCalls() {
    return jedis.info("commandstats").lines().mapToLong(CountedStores::scriptCalls).sum();
  }

  /** From {@code cmdstat_evalsha:calls=12,usec=…}. */
  private static long scriptCalls(String line) {
    String[] parts = line.split("[:=,]", 4);
    return SCRIPT_CALLS.contains(parts[0]) ? Long.parseLong(parts[2]) : 0;
  }

  @Override
  public void close() {
    cleanup.run();
  }
}
