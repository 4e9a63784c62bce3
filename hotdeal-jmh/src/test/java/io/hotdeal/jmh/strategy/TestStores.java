package io.hotdeal.jmh.strategy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.oracle.OracleSchema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import redis.embedded.RedisServer;

/** Embedded stores for as many strategies as come, each with pools of its own. */
final class TestStores implements Stores, AutoCloseable {

  private static final int CALLERS = 16;

  private final Deque<Closeable> open = new ArrayDeque<>();
  private final DataSource database;
  private final URI redis;

  private TestStores(DataSource database, OracleSchema schema, URI redis) throws SQLException {
    this.database = database;
    this.redis = redis;
    schema.applyTo(database);
  }

  /** PostgreSQL and Redis. */
  static TestStores postgresql() throws IOException, SQLException {
    EmbeddedPostgres server = EmbeddedPostgres.builder().start();
    RedisServer redis = redis(freePort());
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(server.getJdbcUrl("postgres", "postgres"));
    database.setUser("postgres");
    TestStores stores =
        new TestStores(
            database,
            OracleSchema.POSTGRESQL,
            URI.create("redis://127.0.0.1:" + redis.ports().get(0)));
    stores.open.push(server);
    stores.open.push(redis::stop);
    return stores;
  }

  /** H2 in Oracle mode, in memory, and no Redis. */
  static TestStores h2() throws SQLException {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:strategies;MODE=Oracle;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000");
    return new TestStores(database, OracleSchema.H2, URI.create("redis://nowhere"));
  }

  private static RedisServer redis(int port) throws IOException {
    RedisServer server =
        RedisServer.newRedisServer()
            .port(port)
            .bind(InetAddress.getLoopbackAddress().getHostAddress())
            .setting("save \"\"")
            .setting("appendonly no")
            .onShutdownForceStop(true)
            .build();
    server.start();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public DataSource pool(int connections) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    HikariDataSource pool = new HikariDataSource(config);
    open.push(pool);
    return pool;
  }

  @Override
  public DataSource unpooled() {
    return database;
  }

  @Override
  public URI redis() {
    return redis;
  }

  @Override
  public int callers() {
    return CALLERS;
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
