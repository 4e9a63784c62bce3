package io.hotdeal.demo;

import static io.hotdeal.demo.SellingTest.assertLine;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The demo, if a store does not answer,")
class StoresDownTest {

  private static final String CLOSED_PORT = "127.0.0.1:" + Served.closedPort();

  @Test
  @DisplayName("starts and answers 503 if the database is down")
  void databaseDown() {
    String url = "jdbc:oracle:thin:@//" + CLOSED_PORT + "/shop";
    assertUnavailable(database(url));
  }

  @Test
  @DisplayName("starts and answers 503 if the database's password is wrong, without revealing it")
  void wrongPassword(@TempDir Path directory) throws SQLException {
    String url = "jdbc:h2:file:" + directory.resolve("shop") + ";MODE=Oracle";
    JdbcDataSource right = new JdbcDataSource();
    right.setURL(url);
    right.getConnection("shop", "right-horse").close();

    assertUnavailable(database(url));
  }

  @Test
  @DisplayName("sells exactly the stock from the log if Redis is down")
  void redisDown() {
    try (Served demo =
        new Served(Map.of("hotdeal.redis.uri", "redis://:secret-horse@" + CLOSED_PORT))) {
      demo.post("/reset", "stock=2");
      assertThat(demo.get("/order-redis").body()).isEqualTo("1");
      assertThat(demo.get("/order-redis").body()).isEqualTo("0");
      assertThat(demo.get("/order-redis").body()).isEqualTo("Out Of Stock");
      assertThat(demo.books("/order-redis", "paidRows")).isEqualTo("2");
      assertThat(demo.get("/status").body()).doesNotContain("secret-horse");
      assertLine(demo.get("/health"), 200);
      assertThat(demo.get("/health").body()).startsWith("log up, counter down, deals open");
    }
  }

  private static Map<String, String> database(String url) {
    return Map.of(
        "hotdeal.jdbc.url", url,
        "hotdeal.jdbc.user", "shop",
        "hotdeal.jdbc.password", "wrong-horse",
        "hotdeal.create.schema", "true");
  }

  private static void assertUnavailable(Map<String, String> parameters) {
    try (Served demo = new Served(parameters)) {
      for (String path : List.of("/order", "/order-oracle", "/order-redis")) {
        HttpResponse<String> response = demo.get(path + "?order=mine");
        assertLine(response, 503);
        assertThat(response.body()).isEqualTo("nothing happened: try again");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
      }
      assertLine(demo.post("/reset", "stock=1"), 503);
      HttpResponse<String> health = demo.get("/health");
      assertLine(health, 503);
      assertThat(health.body()).startsWith("log down, counter up, deals not open");
      assertThat(demo.get("/status").body())
          .contains("\"leftInLog\":null")
          .doesNotContain("wrong-horse");
    }
  }
}
