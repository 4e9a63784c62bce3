package io.hotdeal.oracle;

import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.contract.Crowd;
import io.hotdeal.oracle.internal.jdbc.ConnectionSource;
import io.hotdeal.oracle.internal.jdbc.ReadTimeoutCheck;
import io.hotdeal.oracle.internal.jdbc.StoreClock;
import io.hotdeal.oracle.internal.jdbc.TransactionRunner;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.testkit.TcpProxy;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.tools.Server;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A read time-out of the database connection")
@Timeout(120)
class HangingDatabaseTest {

  private final String dealId = Crowd.freshDealId();
  private final List<Order> orders = Crowd.orders(dealId, 3);

  @Test
  @DisplayName("ends a call with NothingHappened if PostgreSQL stops answering before the commit")
  void beforeCommit() throws Exception {
    try (TcpProxy proxy = new TcpProxy(postgresPort());
        HikariDataSource pool = shortTimeouts(postgresUrl(proxy.port()), "socketTimeout", "1")) {
      OrderLog log = OracleOrderLog.conditionalUpdate(pool);
      log.open(Deal.of(dealId, 10));
      log.reserve(Crowd.orders(dealId, 1), RESERVED);
      proxy.silence();
      assertThatThrownBy(() -> log.reserve(orders, RESERVED))
          .isInstanceOf(NothingHappenedException.class);
      assertThatThrownBy(() -> log.tally(dealId)).isInstanceOf(NothingHappenedException.class);
    }
  }

  @Test
  @DisplayName("ends a call with OutcomeUnknown if PostgreSQL stops answering at the commit")
  void atCommit() throws Exception {
    AtomicBoolean silent = new AtomicBoolean();
    try (TcpProxy proxy = new TcpProxy(postgresPort());
        HikariDataSource pool = shortTimeouts(postgresUrl(proxy.port()), "socketTimeout", "1")) {
      Watched watched =
          new Watched(
              pool,
              real -> {
                if (silent.get()) {
                  proxy.silence();
                }
                real.commit();
              });
      OrderLog log = OracleOrderLog.conditionalUpdate(watched.dataSource());
      log.open(Deal.of(dealId, 10));
      silent.set(true);
      assertThatThrownBy(() -> log.reserve(orders, RESERVED))
          .isInstanceOf(OutcomeUnknownException.class);
    }
  }

  @Test
  @DisplayName("ends a call with NothingHappened if a remote H2 stops answering")
  void remoteH2() throws Exception {
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    try (TcpProxy proxy = new TcpProxy(server.getPort());
        HikariDataSource pool =
            shortTimeouts(
                "jdbc:h2:tcp://127.0.0.1:" + proxy.port() + "/mem:hangs;MODE=Oracle",
                "NETWORK_TIMEOUT",
                "1000")) {
      OracleSchema.H2.applyTo(pool);
      OrderLog log = OracleOrderLog.conditionalUpdate(pool);
      log.open(Deal.of(dealId, 10));
      proxy.silence();
      assertThatThrownBy(() -> log.reserve(orders, RESERVED))
          .isInstanceOf(NothingHappenedException.class);
    } finally {
      server.stop();
    }
  }

  @Test
  @DisplayName("causes one warning if it is missing")
  void warnsOnce() throws SQLException {
    List<String> warnings = new ArrayList<>();
    try (HikariDataSource pool = new HikariDataSource(withoutReadTimeout())) {
      ConnectionSource connections =
          new ConnectionSource(
              new ConnectionSource.Warnings("order log", warnings::add),
              pool,
              StoreClock.given(InstantSource.system()),
              OracleSchema::howToCreate);
      for (int i = 0; i < 3; i++) {
        assertThat(new TransactionRunner(connections).read(Connection::getAutoCommit)).isFalse();
      }
    }
    assertThat(warnings).singleElement().asString().contains("have no read time-out");
  }

  @Test
  @DisplayName("causes no warning if it is set, the driver does not report it or the check fails")
  void noWarning() throws SQLException {
    List<String> warnings = new ArrayList<>();
    for (Database database : Database.values()) {
      try (Connection connection = database.pool().getConnection()) {
        ReadTimeoutCheck.check("order log", connection, warnings::add);
      }
    }
    Connection closed = Database.POSTGRESQL.pool().getConnection();
    closed.close();
    ReadTimeoutCheck.check("order log", closed, warnings::add);
    assertThat(warnings).isEmpty();
  }

  private static HikariConfig withoutReadTimeout() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(Database.POSTGRESQL.pool().getJdbcUrl());
    config.setUsername("postgres");
    config.setPassword("postgres");
    config.setMaximumPoolSize(1);
    return config;
  }

  /** A pool as OraclePools makes it, but with shorter time-outs, so that the test ends soon. */
  private static HikariDataSource shortTimeouts(String url, String property, String timeout) {
    HikariConfig config = OraclePools.config(url, url.contains(":h2:") ? "sa" : "postgres", "");
    assertThat(config.getDataSourceProperties()).containsKey(property);
    config.addDataSourceProperty(property, timeout);
    config.setMaximumPoolSize(2);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(1_000);
    config.setValidationTimeout(500);
    return new HikariDataSource(config);
  }

  private static int postgresPort() {
    return URI.create(Database.POSTGRESQL.pool().getJdbcUrl().substring("jdbc:".length()))
        .getPort();
  }

  private static String postgresUrl(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }
}
