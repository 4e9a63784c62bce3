package io.hotdeal.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;

/** H2 in a temporary directory, in place of Oracle; a commit that returned is durable. */
final class EmbeddedDatabase {

  static final String USER = "sa";

  /** The lock time-out is long because all requests of a load test may queue for one row lock. */
  private static final String SETTINGS =
      ";MODE=Oracle;WRITE_DELAY=0;LOCK_TIMEOUT=120000;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE";

  private final Scratch scratch;

  EmbeddedDatabase() {
    try {
      scratch = Scratch.guard(Scratch.newDirectory(), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory for the embedded database", e);
    }
  }

  String url() {
    return "jdbc:h2:file:" + scratch.directory().resolve("hotdeal") + SETTINGS;
  }

  /** Shuts the database down, also if connections are open, and deletes its files. */
  void close() {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL(url());
    dataSource.setUser(USER);
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      throw new IllegalStateException("the embedded database does not stop", e);
    } finally {
      scratch.close();
    }
  }
}
