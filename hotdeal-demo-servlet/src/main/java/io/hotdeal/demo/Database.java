package io.hotdeal.demo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.oracle.OraclePools;
import io.hotdeal.oracle.OracleSchema;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database: JNDI's {@code jdbc/hotdeal}, else the one that the settings name, else an embedded
 * one.
 */
final class Database {

  /** As many as there are request threads: the legacy crowd is to queue on the row, not here. */
  private static final int ONE_PER_REQUEST = 250;

  private static final long CONNECT_MILLIS = 3_000;
  private static final int VALID_WITHIN_SECONDS = 2;
  private static final long EMBEDDED_CONNECT_MILLIS = 60_000;

  private final DataSource perRequest;
  private final DataSource forBatches;
  private final boolean embedded;
  private volatile boolean createSchema;

  /**
   * @param closer gets what has to be closed
   */
  Database(Settings settings, Closer closer) {
    Optional<DataSource> named = Lookup.jndi("jdbc/hotdeal", DataSource.class);
    embedded = named.isEmpty() && settings.jdbcUrl().isEmpty();
    createSchema = embedded || settings.createSchema();
    if (named.isPresent()) {
      perRequest = named.get();
      forBatches = named.get();
    } else if (embedded) {
      EmbeddedDatabase h2 = new EmbeddedDatabase();
      closer.add(h2::close);
      perRequest = pool(pooled(h2.url(), EmbeddedDatabase.USER, ""), ONE_PER_REQUEST, closer);
      forBatches = pool(pooled(h2.url(), EmbeddedDatabase.USER, ""), 0, closer);
    } else {
      String url = settings.jdbcUrl().get();
      String user = settings.jdbcUser();
      perRequest = pool(pooled(url, user, settings.jdbcPassword()), ONE_PER_REQUEST, closer);
      forBatches = pool(pooled(url, user, settings.jdbcPassword()), 0, closer);
    }
  }

  /** For the legacy flow: a connection of its own for every request. */
  DataSource perRequest() {
    return perRequest;
  }

  /** For hotdeal: a few. */
  DataSource forBatches() {
    return forBatches;
  }

  /**
   * Makes the tables that are missing, where the database is embedded or the settings say so. Once.
   *
   * @throws NothingHappenedException if the database does not do it
   */
  void createSchemaIfWanted() {
    if (createSchema) {
      try {
        schema().applyTo(forBatches);
        createSchema = false;
      } catch (SQLException e) {
        throw new NothingHappenedException("the tables cannot be made", e);
      }
    }
  }

  /** Which database it is, or null while it does not answer. */
  @Nullable String description() {
    try (Connection connection = forBatches.getConnection()) {
      DatabaseMetaData about = connection.getMetaData();
      String version = about.getDatabaseProductName() + " " + about.getDatabaseProductVersion();
      return embedded ? version + ", embedded, MODE=Oracle, WRITE_DELAY=0, on disk" : version;
    } catch (SQLException e) {
      return null;
    }
  }

  boolean answers() {
    try (Connection connection = forBatches.getConnection()) {
      return connection.isValid(VALID_WITHIN_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  /** The deals whose ids start so. An embedded database is new at every start, its deals too. */
  DealTable deals(String prefix) {
    return new DealTable(forBatches, prefix, embedded ? System.currentTimeMillis() : 1);
  }

  private OracleSchema schema() throws SQLException {
    try (Connection connection = forBatches.getConnection()) {
      return switch (connection.getMetaData().getDatabaseProductName()) {
        case "H2" -> OracleSchema.H2;
        case "PostgreSQL" -> OracleSchema.POSTGRESQL;
        default -> OracleSchema.ORACLE;
      };
    }
  }

  /** Starts without the database, too. */
  private HikariConfig pooled(String url, String user, String password) {
    HikariConfig config = OraclePools.config(url, user, password);
    Drivers.nameFor(url).ifPresent(config::setDriverClassName);
    config.setConnectionTimeout(embedded ? EMBEDDED_CONNECT_MILLIS : CONNECT_MILLIS);
    config.setInitializationFailTimeout(-1);
    config.setMinimumIdle(0);
    return config;
  }

  private static HikariDataSource pool(HikariConfig config, int size, Closer closer) {
    if (size > 0) {
      config.setMaximumPoolSize(size);
    }
    HikariDataSource pool = open(config);
    closer.add(pool::close);
    return pool;
  }

  private static HikariDataSource open(HikariConfig config) {
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) { // of no type in particular
      throw new IllegalArgumentException("hotdeal.jdbc.url cannot be used", e);
    }
  }
}
