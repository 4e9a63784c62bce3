package io.hotdeal.oracle;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Properties;

/**
 * Connection pools that fail in time: a HikariCP configuration with a time-out at every level.
 *
 * <p>Without these, ojdbc waits for ever for a listener that accepts and then stays silent, and for
 * a server that does not answer. What is set here can be changed on the {@link HikariConfig} before
 * it is used. URLs that are not Oracle's get what is not Oracle's own. The password is in the
 * configuration only; HikariCP masks it.
 */
public final class OraclePools {

  /** Few: a batch or two are under way per deal, and the database has few cores to run them. */
  private static final int CONNECTIONS = 8;

  private static final Duration TO_GET_A_CONNECTION = Duration.ofSeconds(5);
  private static final Duration TO_VALIDATE = Duration.ofSeconds(2);
  private static final Duration TO_LOG_IN = Duration.ofSeconds(4);
  private static final Duration TO_ANSWER = Duration.ofSeconds(20);
  private static final int STATEMENTS_CACHED = 50;

  private OraclePools() {}

  /** A pool for one user; the caller closes it. */
  public static HikariDataSource open(String url, String user, String password) {
    return new HikariDataSource(config(url, user, password));
  }

  /** A configuration for one user. */
  public static HikariConfig config(String url, String user, String password) {
    HikariConfig config = config(url);
    config.setUsername(user);
    config.setPassword(password);
    return config;
  }

  /**
   * A configuration for credentials that rotate. Needs HikariCP 7.0 or later; all else here does
   * with 6.3.
   *
   * @param credentials asked before every new connection
   */
  public static HikariConfig config(String url, HikariCredentialsProvider credentials) {
    HikariConfig config = config(url);
    config.setCredentialsProvider(credentials);
    return config;
  }

  private static HikariConfig config(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(TO_GET_A_CONNECTION.toMillis());
    config.setValidationTimeout(TO_VALIDATE.toMillis());
    config.setExceptionOverrideClassName(OracleEviction.class.getName());
    if (url.startsWith("jdbc:oracle:")) {
      config.setDataSourceProperties(oracleProperties());
    }
    return config;
  }

  private static Properties oracleProperties() {
    Properties properties = new Properties();
    properties.setProperty("oracle.net.CONNECT_TIMEOUT", millis(TO_LOG_IN));
    properties.setProperty("oracle.net.OUTBOUND_CONNECT_TIMEOUT", seconds(TO_LOG_IN));
    properties.setProperty("oracle.jdbc.loginTimeout", seconds(TO_LOG_IN));
    properties.setProperty("oracle.jdbc.ReadTimeout", millis(TO_ANSWER));
    properties.setProperty(
        "oracle.jdbc.implicitStatementCacheSize", Integer.toString(STATEMENTS_CACHED));
    return properties;
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }
}
