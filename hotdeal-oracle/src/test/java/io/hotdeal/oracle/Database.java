package io.hotdeal.oracle;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The databases of these tests, each started once per JVM, with the tables, behind a pool. */
enum Database {
  H2 {
    @Override
    HikariDataSource pool() {
      return OnH2.POOL;
    }

    @Override
    HikariDataSource tablesOfItsOwn() {
      return OnH2.start("own" + OWN.incrementAndGet());
    }
  },
  POSTGRESQL {
    @Override
    HikariDataSource pool() {
      return OnPostgres.POOL;
    }

    @Override
    HikariDataSource tablesOfItsOwn() {
      return OnPostgres.another("own" + OWN.incrementAndGet());
    }
  };

  private static final int CONNECTIONS = 16;
  private static final AtomicInteger OWN = new AtomicInteger();

  /** The pool that all tests share. */
  abstract HikariDataSource pool();

  /** A pool on tables of its own, for a test that alters them; the caller closes it. */
  abstract HikariDataSource tablesOfItsOwn();

  /** Another pool on the same database; the caller closes it. */
  HikariDataSource anotherPool(boolean autoCommit) {
    HikariConfig config = new HikariConfig();
    pool().copyStateTo(config);
    config.setPoolName(null);
    config.setMaximumPoolSize(2);
    config.setAutoCommit(autoCommit);
    return new HikariDataSource(config);
  }

  static HikariDataSource withTables(OracleSchema schema, HikariConfig config) {
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(60_000);
    HikariDataSource pool = new HikariDataSource(config);
    create(schema, pool);
    return pool;
  }

  private static void create(OracleSchema schema, DataSource dataSource) {
    try {
      schema.applyTo(dataSource);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class OnH2 {
    static final HikariDataSource POOL = start("hotdeal");

    static HikariDataSource start(String name) {
      String settings = ";MODE=Oracle;WRITE_DELAY=0;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000";
      return withTables(
          OracleSchema.H2, OraclePools.config("jdbc:h2:mem:" + name + settings, "sa", ""));
    }
  }

  private static final class OnPostgres {
    static final PostgresServer SERVER = PostgresServer.started(Map.of("deadlock_timeout", "50ms"));
    static final HikariDataSource POOL = open("postgres");

    private static HikariDataSource open(String name) {
      HikariConfig config =
          OraclePools.config(SERVER.jdbcUrl(name), PostgresServer.USER, PostgresServer.USER);
      return withTables(OracleSchema.POSTGRESQL, config);
    }

    static HikariDataSource another(String name) {
      try (Connection connection = POOL.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return open(name);
    }
  }
}
