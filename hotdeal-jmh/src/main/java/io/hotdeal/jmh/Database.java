package io.hotdeal.jmh;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.jmh.load.Cleanup;
import io.hotdeal.jmh.load.Databases;
import io.hotdeal.jmh.load.JdbcTarget;
import io.hotdeal.oracle.OracleSchema;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The database of one trial, behind a pool, with the tables. The embedded ones keep their files
 * below {@code java.io.tmpdir}.
 *
 * <p>{@code postgresql} has every commit on disk when it returns. {@code h2} has handed it to the
 * operating system, which survives a crash of the process, not of the machine: it does not wait for
 * the disk, and so makes a row lock held until the commit look cheap.
 *
 * <p>{@code configured} is where the environment says: {@code HOTDEAL_JDBC_URL}, {@code
 * HOTDEAL_JDBC_USER}, {@code HOTDEAL_JDBC_PASSWORD} (JMH prints its JVM's arguments, so they are
 * not read from there). Tables that are missing are made, and what is sold stays in them: use a
 * schema that may be thrown away.
 */
@State(Scope.Benchmark)
public class Database {

  /** A long queue is what some benchmarks are about. */
  private static final Duration TO_GET_A_CONNECTION = Duration.ofSeconds(60);

  /** {@code h2}, {@code postgresql}, both embedded, or {@code configured}. */
  @Param("h2")
  String database;

  /** The size of the pool. */
  @Param("8")
  int connections;

  private final Cleanup cleanup = new Cleanup();
  private HikariDataSource pool;

  /** Starts it, if it is embedded, and makes the tables. */
  @Setup
  public void start() throws IOException, SQLException {
    JdbcTarget target = Databases.start(database, cleanup);
    pool = open(target.config(), target.schema());
  }

  DataSource pool() {
    return pool;
  }

  /** Ends it, and deletes what is embedded. */
  @TearDown
  public void stop() {
    cleanup.run();
  }

  private HikariDataSource open(HikariConfig config, OracleSchema schema) throws SQLException {
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(TO_GET_A_CONNECTION.toMillis());
    HikariDataSource opened = new HikariDataSource(config);
    cleanup.add(opened);
    schema.applyTo(opened);
    return opened;
  }
}
