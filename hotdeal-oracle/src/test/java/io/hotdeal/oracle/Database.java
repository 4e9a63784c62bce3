package io.hotdeal.oracle;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The databases of these tests, each started once per JVM, with the tables, behind a pool. */
enum Database {
  H2 {
    @Override
    HikariDataSource pool() {
      return OnH2.POOL;
    }
  },
  POSTGRESQL {
    @Override
    HikariDataSource pool() {
      return OnPostgres.POOL;
    }
  };

  private static final int CONNECTIONS = 16;

  /** The pool that all tests share. */
  abstract HikariDataSource pool();

  /** A pool of its own on the same database; the caller closes it. */
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
    static final HikariDataSource POOL =
        withTables(
            OracleSchema.H2,
            OraclePools.config(
                "jdbc:h2:mem:hotdeal;MODE=Oracle;WRITE_DELAY=0;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000",
                "sa",
                ""));
  }

  private static final class OnPostgres {
    static final HikariDataSource POOL = start();

    private static HikariDataSource start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("deadlock_timeout", "50ms")
                .start();
        String url = server.getJdbcUrl("postgres", "postgres") + "&reWriteBatchedInserts=true";
        return withTables(OracleSchema.POSTGRESQL, OraclePools.config(url, "postgres", "postgres"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
