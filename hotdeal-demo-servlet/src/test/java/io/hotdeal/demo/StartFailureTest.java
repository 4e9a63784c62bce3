package io.hotdeal.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The demo, if it cannot start selling,")
class StartFailureTest {

  private static final String CLOSED_PORT = "127.0.0.1:" + Served.closedPort();

  private final Captured logged = new Captured();

  @BeforeEach
  void capture() {
    Logger.getLogger("").addHandler(logged);
  }

  @AfterEach
  void release() {
    Logger.getLogger("").removeHandler(logged);
  }

  @Test
  @DisplayName("logs that Oracle does not answer, and why, but no password")
  void oracleDown() {
    serve("jdbc:oracle:thin:@//" + CLOSED_PORT + "/shop");
    assertThat(logged.text()).contains("the stores do not answer", "ORA-12541");
    assertThat(logged.text()).doesNotContain("horse");
  }

  @Test
  @DisplayName("logs that PostgreSQL does not answer, and why, but no password")
  void postgresDown() {
    serve("jdbc:postgresql://" + CLOSED_PORT + "/shop?password=url-horse");
    assertThat(logged.text()).contains("the stores do not answer", "refused");
    assertThat(logged.text()).doesNotContain("horse");
  }

  @Test
  @DisplayName("logs that the tables are missing")
  void noTables() {
    serve("jdbc:h2:mem:none;MODE=Oracle;DB_CLOSE_DELAY=-1");
    assertThat(logged.text()).contains("the stores do not answer", "HOTDEAL_LIST");
  }

  @Test
  @DisplayName("logs that the JDBC URL has no driver, without revealing the password")
  void noDriver() {
    assertThatThrownBy(() -> serve("jdbc:nobody://shop:url-horse@" + CLOSED_PORT));
    assertThat(logged.text()).contains("the demo does not start", "hotdeal.jdbc.url");
    assertThat(logged.text()).doesNotContain("horse");
  }

  @Test
  @DisplayName("logs which setting is wrong")
  void badSetting() {
    assertThatThrownBy(() -> new Served(Map.of("hotdeal.stock", "\u0663")).close());
    assertThat(logged.text()).contains("the demo does not start", "hotdeal.stock");
  }

  @Test
  @DisplayName("logs that the Redis URI is invalid, without revealing the password")
  void badRedisUri() {
    assertThatThrownBy(() -> new Served(Map.of("hotdeal.redis.uri", "redis://:a horse@x")).close());
    assertThat(logged.text()).contains("the demo does not start", "hotdeal.redis.uri");
    assertThat(logged.text()).doesNotContain("horse");
  }

  private static void serve(String url) {
    new Served(
            Map.of(
                "hotdeal.jdbc.url", url,
                "hotdeal.jdbc.user", "shop",
                "hotdeal.jdbc.password", "set-horse"))
        .close();
  }

  /** All that is logged, causes too. */
  private static final class Captured extends Handler {

    private final List<String> records = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord logRecord) {
      StringWriter text = new StringWriter();
      text.write(logRecord.getLoggerName() + ": " + logRecord.getMessage());
      if (logRecord.getParameters() != null) {
        text.write(" " + List.of(logRecord.getParameters()));
      }
      if (logRecord.getThrown() != null) {
        logRecord.getThrown().printStackTrace(new PrintWriter(text, true));
      }
      records.add(text.toString());
    }

    String text() {
      return String.join("\n", records);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
