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

/** The demo's database: JNDI's {@code jdbc/hotdeal}, else that of the settings, else embedded. */
final class Database {

  /** One per request thread: legacy requests queue for the row lock, not for a connection. */
  private static final int ONE_PER_REQUEST = 250;

  private static final long CONNECT_MILLIS = 3_000;
  private static final int VALID_WITHIN_SECONDS = 2;
  private static final long EMBEDDED_CONNECT_MILLIS = 60_000;

  private final DataSource perRequest;
  private final DataSource forBatches;
  private final boolean embedded;
  private volatile boolean createSchema;

  /**
   * @param closer gets the pools and the embedded database to close
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

  /** A pool with a connection for each request of the legacy flow. */
  DataSource perRequest() {
    return perRequest;
  }

  /** A small pool, for hotdeal's batches. */
  DataSource forBatches() {
    return forBatches;
  }

  /**
   * Creates the missing tables and columns, once, if the database is embedded or the settings say
   * so. Blocks.
   *
   * @throws NothingHappenedException if the database fails to create them
   */
  void createSchemaIfWanted() {
    if (createSchema) {
      try {
        OracleSchema schema = schema();
        schema.applyTo(forBatches);
        schema.migrate(forBatches);
        createSchema = false;
      } catch (SQLException e) {
        throw new NothingHappenedException("the tables cannot be made", e);
      }
    }
  }

  /** The database's product and version, or null while it does not answer. Blocks. */
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

  /**
   * The deals with this prefix. An embedded database is new at every start, so its numbers begin
   * with the current time: no deal gets an id of an earlier start.
   */
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

  /** A configuration whose pool starts even while the database is down. */
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
    } catch (RuntimeException e) { // HikariCP throws several types
      throw new IllegalArgumentException("hotdeal.jdbc.url cannot be used", e);
    }
  }
}
