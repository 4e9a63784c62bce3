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
  @DisplayName("sets the time-outs by the names that the driver documents")
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
  @DisplayName("sets nothing of a driver's where it knows nothing to set")
  void others(String url) {
    assertThat(OraclePools.config(url, "u", "p").getDataSourceProperties()).isEmpty();
  }

  @Test
  @DisplayName("sets PostgreSQL's time-outs, and leaves those in the URL as they are")
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
  @DisplayName("gives PostgreSQL's real driver a read time-out")
  void postgresqlDriver() throws SQLException {
    try (Connection connection = Database.POSTGRESQL.pool().getConnection()) {
      assertThat(connection.getNetworkTimeout()).isEqualTo(20_000);
    }
  }

  @Test
  @DisplayName("sets the read time-out of a remote H2 unless the URL has one, which H2 insists on")
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
  @DisplayName("asks for credentials before every new connection")
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
  @DisplayName("with a wrong password: nothing happened, and the password is nowhere to be read")
  void wrongPassword(Database database) {
    HikariConfig config = OraclePools.config(url(database), "nobody", SECRET);
    assertNothingHappens(config);
  }

  @Test
  @Timeout(30)
  @DisplayName("with nobody listening: nothing happened, from the real driver")
  void nobodyThere() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertNothingHappens(OraclePools.config(oracleUrl(port), "u", SECRET));
  }

  @ParameterizedTest(name = "ORA-{0}")
  @ValueSource(ints = {12514, 12516, 12519})
  @Timeout(30)
  @DisplayName("with a listener that refuses: nothing happened, from the real driver")
  void refused(int code) throws IOException {
    try (TnsListener listener = TnsListener.refusingWith(code)) {
      Throwable thrown =
          assertNothingHappens(OraclePools.config(oracleUrl(listener.port()), "u", SECRET));
      assertThat(stackTrace(thrown)).contains("ORA-" + code);
    }
  }

  @Test
  @Timeout(30)
  @DisplayName("with a listener that accepts and stays silent: nothing happened, in time")
  void silent() throws IOException {
    try (TnsListener listener = TnsListener.silent()) {
      long start = System.nanoTime();
      assertNothingHappens(OraclePools.config(oracleUrl(listener.port()), "u", SECRET));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }
  }

  private static Throwable assertNothingHappens(HikariConfig config) {
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
