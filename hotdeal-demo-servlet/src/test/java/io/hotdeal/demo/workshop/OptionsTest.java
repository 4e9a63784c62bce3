package io.hotdeal.demo.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The options")
class OptionsTest {

  @Test
  @DisplayName("default to the workshop's values")
  void defaults() {
    Options options = Options.of(new Properties());
    assertThat(options.stock()).isEqualTo(1000);
    assertThat(options.orders()).isEqualTo(3000);
    assertThat(options.users()).isEqualTo(150);
    assertThat(options.paymentMillis()).isEqualTo(30);
    assertThat(options.port()).isEqualTo(8080);
  }

  @ParameterizedTest
  @CsvSource({
    "workshop.stock,-1", "workshop.stock,0", "workshop.orders,many", "workshop.users,''",
    "workshop.users,2001", "workshop.payment,-5", "demo.port,65536", "demo.port,http"
  })
  @DisplayName("are rejected with name, value and limits if a value is invalid")
  void bad(String name, String value) {
    Properties given = new Properties();
    given.setProperty(name, value);
    assertThatThrownBy(() -> Options.of(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(name + " '" + value + "' is not a whole number within \\d+ and \\d+");
  }
}
