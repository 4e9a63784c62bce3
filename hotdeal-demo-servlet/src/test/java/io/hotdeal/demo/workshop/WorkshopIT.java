package io.hotdeal.demo.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The workshop with the packaged WAR")
class WorkshopIT {

  private static final List<String> KEYS =
      List.of(
          "path",
          "requests",
          "sold",
          "soldOut",
          "errors",
          "paidRows",
          "leftInLog",
          "leftInCounter",
          "oversold",
          "seconds",
          "requestsPerSecond",
          "soldPerSecond",
          "p50Millis",
          "p99Millis");

  private static final Map<String, Integer> COUNTS =
      Map.of(
          "requests", 150,
          "sold", 50,
          "soldOut", 100,
          "errors", 0,
          "paidRows", 50,
          "leftInLog", 0,
          "oversold", 0);

  @Test
  @DisplayName("sells exactly the stock at every endpoint and writes its reports")
  void run(@TempDir Path output) throws IOException, InterruptedException {
    assertThat(WorkshopMain.run(options(output))).isTrue();

    List<?> endpoints = (List<?>) JSON.std.mapFrom(read(output, "result.json")).get("endpoints");
    assertThat(endpoints).hasSize(3);
    for (Object each : endpoints) {
      Map<?, ?> endpoint = (Map<?, ?>) each;
      assertThat(endpoint.keySet()).hasToString(KEYS.toString());
      COUNTS.forEach((key, count) -> assertThat(endpoint.get(key)).as(key).isEqualTo(count));
    }
    assertThat(read(output, "report.html"))
        .contains("data:image/png", "<td>/order-redis</td>", "stands in for Oracle", "simulated")
        .doesNotContain("{{", "src=\"/", "href=");
  }

  @Test
  @DisplayName("reports a port that is already in use")
  void takenPort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Path war = Options.of(new Properties()).war();
      assertThatThrownBy(() -> WarServer.start("127.0.0.1", port, war, Map.of()))
          .hasMessage("port " + port + " is taken");
    }
  }

  private static Options options(Path output) {
    Properties given = new Properties();
    given.putAll(
        Map.of(
            "workshop.stock", "50",
            "workshop.orders", "150",
            "workshop.users", "20",
            "workshop.payment", "1",
            "workshop.warmup", "0",
            "workshop.output", output.toString()));
    return Options.of(given);
  }

  private static String read(Path output, String file) throws IOException {
    return Files.readString(output.resolve(file));
  }
}
