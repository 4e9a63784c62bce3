package io.hotdeal.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.contract.Crowd;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import oracle.jdbc.OracleConnection;
import org.h2.tools.Server;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("OraclePools")
class OraclePoolsTest {

  private static final String SECRET = "s3cr3t-that-nobody-may-see";

  @Test
  @DisplayName(
      "sets the time-outs under the property names of Oracle's driver, and hides the password")
  void properties() {
    HikariConfig config = OraclePools.config("jdbc:oracle:thin:@//db:1521/x", "u", SECRET);
    assertThat(config.getDataSourceProperties())
        .containsKeys(
            OracleConnection.CONNECTION_PROPERTY_THIN_OUTBOUND_CONNECT_TIMEOUT,
            OracleConnection.CONNECTION_PROPERTY_THIN_NET_CONNECT_TIMEOUT,
            OracleConnection.CONNECTION_PROPERTY_LOGIN_TIMEOUT,
            OracleConnection.CONNECTION_PROPERTY_THIN_READ_TIMEOUT,
            OracleConnection.CONNECTION_PROPERTY_IMPLICIT_STATEMENT_CACHE_SIZE);
    assertThat(config.getExceptionOverrideClassName()).isEqualTo(OracleEviction.class.getName());
    assertThat(config.toString()).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:mem:x", "jdbc:other://db/x"})
  @DisplayName("sets no driver property for an in-memory H2 or an unknown driver")
  void others(String url) {
    assertThat(OraclePools.config(url, "u", "p").getDataSourceProperties()).isEmpty();
  }

  @Test
  @DisplayName("sets PostgreSQL's time-outs, except those given in the URL")
  void postgresql() {
    HikariConfig config = OraclePools.config("jdbc:postgresql://db/x?socketTimeout=7", "u", "p");
    assertThat(config.getDataSourceProperties())
        .containsEntry("connectTimeout", "4")
        .containsEntry("loginTimeout", "4")
        .containsEntry("tcpKeepAlive", "true")
        .doesNotContainKey("socketTimeout");
    assertThat(OraclePools.config("jdbc:postgresql://db/x", "u", "p").getDataSourceProperties())
        .containsEntry("socketTimeout", "20");
  }

  @Test
  @DisplayName("sets a read time-out that PostgreSQL's driver applies")
  void postgresqlDriver() throws SQLException {
    try (Connection connection = Database.POSTGRESQL.pool().getConnection()) {
      assertThat(connection.getNetworkTimeout()).isEqualTo(20_000);
    }
  }

  @Test
  @DisplayName(
      "sets the read time-out of a remote H2 unless the URL has one, because H2 rejects both")
  void remoteH2() throws SQLException {
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    try {
      String url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:pools;MODE=Oracle";
      for (String each : new String[] {url, url + ";network_timeout=7000"}) {
        try (HikariDataSource pool = OraclePools.open(each, "sa", "")) {
          pool.getConnection().close();
        }
      }
      assertThat(OraclePools.config(url, "sa", "").getDataSourceProperties())
          .containsEntry("NETWORK_TIMEOUT", "20000");
    } finally {
      server.stop();
    }
  }

  @Test
  @DisplayName("asks the credentials provider for a new connection")
  void rotation() {
    assumeThatCode(() -> Class.forName("com.zaxxer.hikari.HikariCredentialsProvider"))
        .as("HikariCP 7.0 or later")
        .doesNotThrowAnyException();
    AtomicInteger asked = new AtomicInteger();
    HikariConfig config =
        OraclePools.config(
            Database.H2.pool().getJdbcUrl(),
            () -> {
              asked.incrementAndGet();
              return Credentials.of("sa", "");
            });
    config.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      OracleOrderLog.conditionalUpdate(pool).tally("x");
      assertThat(asked).hasPositiveValue();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  @DisplayName("reports that nothing happened on a wrong password, without revealing the password")
  void wrongPassword(Database database) {
    HikariConfig config = OraclePools.config(url(database), "nobody", SECRET);
    assertNothingHappened(config);
  }

  @Test
  @Timeout(30)
  @DisplayName("reports that nothing happened if no Oracle listener is there")
  void noListener() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertNothingHappened(OraclePools.config(oracleUrl(port), "u", SECRET));
  }

  @ParameterizedTest(name = "ORA-{0}")
  @ValueSource(ints = {12514, 12516, 12519})
  @Timeout(30)
  @DisplayName("reports that nothing happened if an Oracle listener refuses the connection")
  void refused(int code) throws IOException {
    try (TnsListener listener = TnsListener.refusingWith(code)) {
      Throwable thrown =
          assertNothingHappened(OraclePools.config(oracleUrl(listener.port()), "u", SECRET));
      assertThat(stackTrace(thrown)).contains("ORA-" + code);
    }
  }

  @Test
  @Timeout(30)
  @DisplayName("reports within 15 s that nothing happened if an Oracle listener never answers")
  void silent() throws IOException {
    try (TnsListener listener = TnsListener.silent()) {
      long start = System.nanoTime();
      assertNothingHappened(OraclePools.config(oracleUrl(listener.port()), "u", SECRET));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }
  }

  private static Throwable assertNothingHappened(HikariConfig config) {
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(1500);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      OrderLog log = OracleOrderLog.conditionalUpdate(pool);
      List<Order> orders = Crowd.orders("deal", 1);
      Throwable[] thrown = new Throwable[1];
      assertThatThrownBy(() -> log.reserve(orders, OrderState.RESERVED))
          .isInstanceOf(NothingHappenedException.class)
          .satisfies(e -> thrown[0] = e);
      assertThat(stackTrace(thrown[0])).doesNotContain(SECRET);
      return thrown[0];
    }
  }

  private static String url(Database database) {
    return database.pool().getJdbcUrl().replaceAll("[?&]user=[^&]*", "?x=y");
  }

  private static String oracleUrl(int port) {
    return "jdbc:oracle:thin:@//127.0.0.1:" + port + "/hotdeal";
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
