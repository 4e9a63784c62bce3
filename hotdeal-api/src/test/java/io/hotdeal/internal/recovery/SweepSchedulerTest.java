package io.hotdeal.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The schedule of sweeps")
class SweepSchedulerTest {

  @ParameterizedTest
  @CsvSource({
    "PT0.001S, PT1S",
    "PT0.1S, PT1.2S",
    "PT1S, PT12S",
    "PT10S, PT2M",
    "PT30S, PT2M",
    "PT1M, PT2M",
    "PT5M, PT10M",
    "PT24H, PT48H",
  })
  @DisplayName("has a lease of two minutes, shorter and longer with its period")
  void lease(Duration period, Duration lease) {
    assertThat(SweepScheduler.lease(period)).isEqualTo(lease);
  }
}
