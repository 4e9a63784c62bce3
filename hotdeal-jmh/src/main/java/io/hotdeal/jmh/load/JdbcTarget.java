package io.hotdeal.jmh.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.DriverDataSource;
import io.hotdeal.oracle.OraclePools;
import io.hotdeal.oracle.OracleSchema;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** The address of a database, its login and its schema; {@code toString} hides the login. */
public record JdbcTarget(String url, String user, String password, OracleSchema schema) {

  private static final Pattern HOST_AND_PORT = Pattern.compile("//([^:/?]+):(\\d+)");

  /** A pool's configuration, with time-outs at every level. */
  public HikariConfig config() {
    return OraclePools.config(url, user, password);
  }

  /** Opens a new connection for every call. */
  DataSource dataSource() {
    return new DriverDataSource(url, null, new Properties(), user, password);
  }

  /**
   * The same behind a delay proxy.
   *
   * @throws IllegalArgumentException if the URL names no host and port
   */
  JdbcTarget delayed(DelayProxies delays) {
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
