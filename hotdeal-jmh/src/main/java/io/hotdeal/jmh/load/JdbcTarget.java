package io.hotdeal.jmh.load;

import com.zaxxer.hikari.HikariConfig;
import io.hotdeal.oracle.OraclePools;
import io.hotdeal.oracle.OracleSchema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a database is, who logs in, and which tables it takes; its text hides the login. */
public record JdbcTarget(String url, String user, String password, OracleSchema schema) {

  private static final Pattern HOST_AND_PORT = Pattern.compile("//([^:/?]+):(\\d+)");

  /** A pool's configuration, with time-outs at every level. */
  public HikariConfig config() {
    return OraclePools.config(url, user, password);
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  /**
   * The same behind a delay.
   *
   * @throws IllegalArgumentException if there is no network to delay
   */
  JdbcTarget delayed(Delays delays) {
    Matcher matcher = HOST_AND_PORT.matcher(url);
    if (!matcher.find()) {
      throw new IllegalArgumentException(
          "a round-trip time of "
              + delays.roundTripMillis()
              + " ms cannot be added: the JDBC URL names no //host:port");
    }
    int port = delays.to(matcher.group(1), Integer.parseInt(matcher.group(2)));
    return new JdbcTarget(matcher.replaceFirst("//127.0.0.1:" + port), user, password, schema);
  }

  @Override
  public String toString() {
    return "JdbcTarget[" + schema + "]";
  }
}
