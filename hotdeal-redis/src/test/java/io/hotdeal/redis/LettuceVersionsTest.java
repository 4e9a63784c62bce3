package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("LettuceVersions")
class LettuceVersionsTest {

  @ParameterizedTest
  @CsvSource({
    "5.3.7.RELEASE, true",
    "6.6.0.RELEASE/643bd47, true",
    "6.7.0.RELEASE, false",
    "6.10.0.RELEASE, false",
    "7.0.0.RELEASE, false",
    "10.1, false",
    "unknown, true",
    ", true" // the manifest is lost, as in a shaded jar
  })
  @DisplayName(
      "tells which versions repeat unanswered commands that they were configured to reject")
  void versions(String version, boolean old) {
    assertThat(LettuceVersions.repeatsUnanswered(version)).isEqualTo(old);
  }
}
