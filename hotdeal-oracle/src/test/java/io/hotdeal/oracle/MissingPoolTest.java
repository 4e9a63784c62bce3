package io.hotdeal.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.testkit.WithoutLibrary;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("If a library is missing from the class path, a container can introspect")
class MissingPoolTest {

  @Test
  @DisplayName("every class but OraclePools and OracleEviction, without HikariCP")
  void withoutHikari() {
    assertThat(unusable("com.zaxxer.hikari.")).isEqualTo(Set.of("OraclePools", "OracleEviction"));
  }

  @Test
  @DisplayName(
      "every class but OraclePools, with a HikariCP before 7.0, which has no credentials provider")
  void withOldHikari() {
    assertThat(unusable("com.zaxxer.hikari.HikariCredentialsProvider"))
        .isEqualTo(Set.of("OraclePools"));
  }

  @Test
  @DisplayName("every class, without Oracle's driver")
  void withoutOjdbc() {
    assertThat(unusable("oracle.")).isEmpty();
  }

  private static Set<String> unusable(String missing) {
    return WithoutLibrary.unusable(OracleOrderLog.class, missing);
  }
}
