package io.hotdeal.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The batching policy")
class BatchPolicyTest {

  private static BatchPolicy policy(int maxBatch, int maxPending) {
    return new BatchPolicy(maxBatch, 2, maxPending, Duration.ZERO, Duration.ZERO);
  }

  @Test
  @DisplayName("delays claims from 16 orders at the log on")
  void claimLinger() {
    assertThat(BatchPolicy.DEFAULT.claimsLinger(15)).isFalse();
    assertThat(BatchPolicy.DEFAULT.claimsLinger(16)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("sends a delayed call at a full batch or at a quarter of what may wait")
  @CsvSource({"512, 10000, 512", "512, 40, 10", "512, 3, 1", "5, 20, 5", "5, 16, 4"})
  void flushSize(int maxBatch, int maxPending, int expected) {
    assertThat(policy(maxBatch, maxPending).flushSize()).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("sends a second call for 64 orders that are half as many as the last call took")
  @CsvSource({
    "0,  1, 512, true",
    "1, 63,   1, false",
    "1, 64, 128, true",
    "1, 64, 129, false",
    "1, 99,   0, true",
    "2, 99,   0, false"
  })
  void startsCall(int underWay, int waiting, int last, boolean expected) {
    assertThat(BatchPolicy.DEFAULT.startsCall(underWay, waiting, last)).isEqualTo(expected);
  }

  @Test
  @DisplayName("lets at least 10,000 settlements and releases wait")
  void housekeeping() {
    assertThat(policy(5, 20).forHousekeeping().maxPending()).isEqualTo(10_000);
    assertThat(policy(5, 20_000).forHousekeeping().maxPending()).isEqualTo(20_000);
  }
}
