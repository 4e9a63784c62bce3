package io.hotdeal.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.testkit.WithoutLibrary;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
    "Where a library is not on the class path, a container can look over all that needs it not")
class MissingPoolTest {

  @Test
  @DisplayName("without HikariCP: all but what makes its pools")
  void withoutHikari() {
    assertThat(unusable("com.zaxxer.hikari.")).isEqualTo(Set.of("OraclePools", "OracleEviction"));
  }

  @Test
  @DisplayName(
      "with a HikariCP from before 7.0, which has no credentials provider: all but the pools")
  void withOldHikari() {
    assertThat(unusable("com.zaxxer.hikari.HikariCredentialsProvider"))
        .isEqualTo(Set.of("OraclePools"));
  }

  @Test
  @DisplayName("without Oracle's driver: everything")
  void withoutOjdbc() {
    assertThat(unusable("oracle.")).isEmpty();
  }

  private static Set<String> unusable(String missing) {
    return WithoutLibrary.unusable(OracleOrderLog.class, missing);
  }
}
