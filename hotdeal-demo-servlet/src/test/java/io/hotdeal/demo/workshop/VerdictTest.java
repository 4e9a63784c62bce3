package io.hotdeal.demo.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The verdict")
class VerdictTest {

  @Test
  @DisplayName("reports nothing if all figures add up, with a counter or without")
  void clean() {
    assertThat(problems(100, 200, 0, 100, 0, 0L)).isEmpty();
    assertThat(problems(100, 200, 0, 100, 0, null)).isEmpty();
    assertThat(problems(40, 0, 0, 40, 60, 60L)).isEmpty();
  }

  @Test
  @DisplayName("reports that more was sold than the stock")
  void oversold() {
    assertThat(problems(101, 199, 0, 101, 0, 0L)).anyMatch(it -> it.contains("oversold by 1"));
  }

  @Test
  @DisplayName("reports a sale without a row, or a row without a sale")
  void lostSale() {
    assertThat(problems(100, 200, 0, 99, 0, 0L)).hasSize(1);
    assertThat(problems(99, 200, 1, 100, 0, 0L)).isNotEmpty();
  }

  @Test
  @DisplayName("reports a unit that is missing in the log or in the counter")
  void lostUnit() {
    assertThat(problems(40, 0, 0, 40, 59, 60L)).hasSize(1);
    assertThat(problems(40, 0, 0, 40, 60, 59L)).hasSize(1);
  }

  @Test
  @DisplayName("reports buyers who were refused while units were left")
  void refusedWhileUnitsWereLeft() {
    assertThat(problems(40, 5, 0, 40, 60, 60L)).hasSize(1);
  }

  @Test
  @DisplayName("reports failed requests")
  void failed() {
    assertThat(problems(100, 199, 1, 100, 0, 0L)).hasSize(1);
  }

  private static List<String> problems(
      long sold, long soldOut, long errors, long paid, long leftInLog, Long leftInCounter) {
    EndpointResult result =
        new EndpointResult(
            "/order-redis",
            sold + soldOut + errors,
            sold,
            soldOut,
            errors,
            paid,
            leftInLog,
            leftInCounter,
            Math.max(0, sold - 100),
            1,
            300,
            100,
            1,
            2);
    return Verdict.problems(result, 100);
  }
}
