package io.hotdeal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.Driver;

@DisplayName("The packaged WAR on an unmodified Tomcat")
@Timeout(180)
class StockTomcatIT {

  private static final int REDEPLOYS = 5;
  private static final long COLLECTED_WITHIN = TimeUnit.SECONDS.toNanos(20);
  private static final Map<String, String> FAST = Map.of("HOTDEAL_PAYMENT_MILLIS", "1");

  @Test
  @DisplayName("leaks no memory, process or file if it is redeployed or Tomcat is killed")
  void redeployedAndKilled() throws IOException {
    try (StockTomcat tomcat = new StockTomcat(FAST)) {
      for (int i = 0; i < REDEPLOYS; i++) {
        tomcat.deploy();
        use(tomcat);
        tomcat.undeploy();
        assertThat(tomcat.process().descendants()).isEmpty();
        assertThat(tomcat.temporaries()).isEmpty();
      }
      tomcat.deploy();
      use(tomcat);
      assertThat(leaksAfterThreadsStopped(tomcat)).doesNotContain("/demo");

      List<ProcessHandle> stores = stores(tomcat);
      assertThat(stores).isNotEmpty();
      assertThat(tomcat.temporaries()).isNotEmpty();
      tomcat.process().destroyForcibly();
      while (!tomcat.temporaries().isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(stores).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  @DisplayName("uses PostgreSQL's driver from the server's lib directory")
  void driverOfTheServer() throws Exception {
    Path driver = Path.of(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Map<String, String> settings =
        Map.of("HOTDEAL_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + Served.closedPort() + "/shop");
    try (StockTomcat tomcat = new StockTomcat(settings, driver)) {
      tomcat.deploy();
      assertThat(tomcat.log()).contains("the stores do not answer").contains("refused");
      assertThat(tomcat.get("/order").statusCode()).isEqualTo(503);
    }
  }

  private static List<ProcessHandle> stores(StockTomcat tomcat) {
    return tomcat
        .process()
        .descendants()
        .filter(it -> it.info().command().orElse("").contains("redis-server"))
        .toList();
  }

  private static void use(StockTomcat tomcat) {
    for (String path : List.of("/order", "/order-oracle", "/order-redis")) {
      assertThat(tomcat.get(path).body()).isEqualTo("999");
    }
    assertThat(tomcat.get("/status").body()).contains("\"paidRows\":1");
    assertThat(tomcat.get("/health").statusCode()).isEqualTo(200);
    assertThat(tomcat.get("/nowhere").statusCode()).isEqualTo(404);
  }

  /** Threads take a moment to stop, and keep their application in memory until then. */
  private static String leaksAfterThreadsStopped(StockTomcat tomcat) {
    long end = System.nanoTime() + COLLECTED_WITHIN;
    String leaks = tomcat.leaks();
    while (leaks.contains("/demo") && System.nanoTime() < end) {
      leaks = tomcat.leaks();
    }
    return leaks;
  }
}
