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
  @DisplayName("delays claims if at least 16 orders are pending at the log")
  void claimLinger() {
    assertThat(BatchPolicy.DEFAULT.claimsLinger(15)).isFalse();
    assertThat(BatchPolicy.DEFAULT.claimsLinger(16)).isTrue();
  }

  @ParameterizedTest
  @DisplayName("sends a delayed call early at maxBatch orders or at a quarter of maxPending:")
  @CsvSource({"512, 10000, 512", "512, 40, 10", "512, 3, 1", "5, 20, 5", "5, 16, 4"})
  void flushSize(int maxBatch, int maxPending, int expected) {
    assertThat(policy(maxBatch, maxPending).flushSize()).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName(
      "starts a second call for at least 64 orders and at least half the last batch's size:")
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
