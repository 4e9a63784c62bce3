package io.hotdeal.jmh.load;

import io.hotdeal.oracle.OracleSchema;
import io.hotdeal.testkit.PostgresServer;
import io.hotdeal.testkit.Resources;
import java.util.Map;

/**
 * Databases by name. The embedded ones keep their files below {@code java.io.tmpdir}.
 *
 * <p>{@code postgresql} has every commit on disk when it returns. {@code h2} has handed it to the
 * operating system, which survives a crash of the process, not of the machine. {@code configured}
 * is where the environment says: {@code HOTDEAL_JDBC_URL}, {@code HOTDEAL_JDBC_USER}, {@code
 * HOTDEAL_JDBC_PASSWORD}.
 */
public final class Databases {

  /**
   * Enough for one connection per caller of the unpooled strategies; PostgreSQL's default is 100.
   */
  private static final int MOST_CONNECTIONS = 1_200;

  private Databases() {}

  /**
   * The database of this name; an embedded one is started.
   *
   * @param resources stops it
   * @throws IllegalArgumentException if there is none
   */
  public static JdbcTarget start(String name, Resources resources) {
    return switch (name) {
      case "h2" -> h2(resources);
      case "postgresql" -> postgresql(resources);
      case "configured" -> configured();
      default ->
          throw new IllegalArgumentException(
              "database " + name + " is not h2, postgresql or configured");
    };
  }

  private static JdbcTarget h2(Resources resources) {
    String file = resources.newDirectory().resolve("hotdeal").toString();
    String url =
        "jdbc:h2:file:"
            + file
            + ";MODE=Oracle;WRITE_DELAY=0;LOCK_TIMEOUT=20000;DB_CLOSE_ON_EXIT=FALSE";
    return new JdbcTarget(url, "sa", "", OracleSchema.H2);
  }

  private static JdbcTarget postgresql(Resources resources) {
    PostgresServer server =
        resources.add(
            PostgresServer.started(Map.of("max_connections", Integer.toString(MOST_CONNECTIONS))));
    return new JdbcTarget(
        server.jdbcUrl("postgres"),
        PostgresServer.USER,
        PostgresServer.USER,
        OracleSchema.POSTGRESQL);
  }

  private static JdbcTarget configured() {
    String url = Environment.require("HOTDEAL_JDBC_URL");
    return new JdbcTarget(
        url,
        Environment.require("HOTDEAL_JDBC_USER"),
        Environment.require("HOTDEAL_JDBC_PASSWORD"),
        schemaFor(url));
  }

  private static OracleSchema schemaFor(String url) {
    if (url.startsWith("jdbc:oracle:")) {
      return OracleSchema.ORACLE;
    } else if (url.startsWith("jdbc:postgresql:")) {
      return OracleSchema.POSTGRESQL;
    } else if (url.startsWith("jdbc:h2:")) {
      return OracleSchema.H2;
    }
    throw new IllegalArgumentException(
        "HOTDEAL_JDBC_URL starts with none of jdbc:oracle:, jdbc:postgresql: and jdbc:h2:");
  }
}
