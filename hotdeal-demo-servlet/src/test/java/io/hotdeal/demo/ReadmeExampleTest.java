package io.hotdeal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.OrderState;
import io.hotdeal.PaymentGateway;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.oracle.OraclePools;
import io.hotdeal.oracle.OracleSchema;
import io.hotdeal.redis.JedisClients;
import io.hotdeal.redis.JedisCounters;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

@DisplayName("The README's example")
class ReadmeExampleTest {

  private static final Path HERE = Path.of("src/test/java/io/hotdeal/demo/ReadmeExampleTest.java");

  private void example(
      String jdbcUrl, String user, String password, URI redisUri, PaymentGateway gateway) {
    // example
    try (HikariDataSource pool = OraclePools.open(jdbcUrl, user, password);
        RedisClient redis = JedisClients.standalone(redisUri);
        HotDeal desk =
            HotDeal.builder()
                .counter(JedisCounters.on(redis)) // the gate, optional
                .log(OracleOrderLog.conditionalUpdate(pool)) // the truth
                .payments(gateway) // yours, keyed by deal and order id
                .build()) {
      desk.open(Deal.of("prod-001", 1000).withLimitPerBuyer(2));
      OrderResult result = desk.order(Order.of("order-4711", "prod-001", "buyer-42", 1));
      if (result instanceof OrderResult.Placed placed) {
        System.out.println("sold, " + placed.remaining() + " left");
      }
    }
    // end
  }

  @Test
  @DisplayName("sells one item on real stores")
  void sells() throws SQLException {
    EmbeddedDatabase h2 = new EmbeddedDatabase();
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        HikariDataSource pool = OraclePools.open(h2.url(), EmbeddedDatabase.USER, "")) {
      OracleSchema.H2.applyTo(pool);
      example(h2.url(), EmbeddedDatabase.USER, "", URI.create(redis.uri()), PaymentGateway.none());
      OracleOrderLog log = OracleOrderLog.conditionalUpdate(pool);
      assertThat(log.find("prod-001", "order-4711").orElseThrow().state())
          .isEqualTo(OrderState.PAID);
      assertThat(log.tally("prod-001").orElseThrow().left()).isEqualTo(999);
    } finally {
      h2.close();
    }
  }

  @ParameterizedTest(name = "in {0}")
  @DisplayName("is the code above, to the letter")
  @ValueSource(strings = {"README.md", "README.ko.md"})
  void isThisCode(String readme) throws IOException {
    String shown = between(Path.of("..", readme), "```java\\R(.*?)```");
    String compiled = between(HERE, "// example\\R(.*?) *// end");
    assertThat(lines(shown)).isEqualTo(lines(compiled)).hasSizeLessThanOrEqualTo(15);
  }

  private static String between(Path file, String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(file));
    assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
    return matcher.group(1);
  }

  private static List<String> lines(String code) {
    return code.stripTrailing().stripIndent().lines().toList();
  }
}
