package io.hotdeal.oracle;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;

/**
 * HikariCP configurations with a time-out at every level, for Oracle, PostgreSQL and H2.
 *
 * <p>Without them ojdbc waits for ever for a listener that accepts a connection and then sends
 * nothing, and every driver for a server that does not answer. A pool has 8 connections; the limits
 * are 5 s to get one of them, 4 s to log in, 20 s for an answer. For URLs of other databases, and
 * for an H2 that is not remote, only the pool's limits are set. A setting that the URL contains is
 * not overridden, and the returned {@link HikariConfig} can be changed before it is used. The
 * password is held by the configuration only; HikariCP masks it. Stateless and thread-safe.
 */
public final class OraclePools {

  /** Few suffice: per deal a batch or two are under way, and the database has few cores. */
  private static final int CONNECTIONS = 8;

  private static final Duration TO_GET_A_CONNECTION = Duration.ofSeconds(5);
  private static final Duration TO_VALIDATE = Duration.ofSeconds(2);
  private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(4);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);
  private static final int STATEMENTS_CACHED = 50;

  private OraclePools() {}

  /**
   * Opens a pool for one user; the caller closes it.
   *
   * @throws RuntimeException of HikariCP, if the database cannot be reached
   */
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
   * A configuration for credentials that rotate. Needs HikariCP 7.0 or later; the other methods
   * work with 6.3.
   *
   * @param credentials called before each new connection
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
    config.setDataSourceProperties(withoutThoseIn(url, propertiesFor(url)));
    return config;
  }

  private static Properties propertiesFor(String url) {
    if (url.startsWith("jdbc:oracle:")) {
      return oracleProperties();
    } else if (url.startsWith("jdbc:postgresql:")) {
      return postgresqlProperties();
    }
    return url.startsWith("jdbc:h2:") ? h2Properties(url) : new Properties();
  }

  /** H2 refuses a setting that occurs in both; the other drivers prefer the URL's. */
  private static Properties withoutThoseIn(String url, Properties properties) {
    String settings = url.toUpperCase(Locale.ROOT);
    properties
        .keySet()
        .removeIf(name -> settings.contains(name.toString().toUpperCase(Locale.ROOT) + "="));
    return properties;
  }

  private static Properties postgresqlProperties() {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", seconds(LOGIN_TIMEOUT));
    properties.setProperty("loginTimeout", seconds(LOGIN_TIMEOUT));
    properties.setProperty("socketTimeout", seconds(READ_TIMEOUT));
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }

  /** A lock time-out is not needed: H2 has one of 2 s unless the URL sets another. */
  private static Properties h2Properties(String url) {
    Properties properties = new Properties();
    if (url.startsWith("jdbc:h2:tcp:") || url.startsWith("jdbc:h2:ssl:")) {
      properties.setProperty("NETWORK_TIMEOUT", millis(READ_TIMEOUT));
    }
    return properties;
  }

  private static Properties oracleProperties() {
    Properties properties = new Properties();
    properties.setProperty("oracle.net.CONNECT_TIMEOUT", millis(LOGIN_TIMEOUT));
    properties.setProperty("oracle.net.OUTBOUND_CONNECT_TIMEOUT", seconds(LOGIN_TIMEOUT));
    properties.setProperty("oracle.jdbc.loginTimeout", seconds(LOGIN_TIMEOUT));
    properties.setProperty("oracle.jdbc.ReadTimeout", millis(READ_TIMEOUT));
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
