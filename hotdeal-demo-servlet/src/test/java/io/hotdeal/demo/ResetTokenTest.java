package io.hotdeal.demo;

import static io.hotdeal.demo.SellingTest.assertLine;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The demo with a reset token")
class ResetTokenTest {

  @Test
  @DisplayName(
      "resets only for a request with the token, also through a proxy, and does not reveal it")
  void resetByToken() {
    Map<String, String> settings =
        Map.of("hotdeal.reset.token", "open-horse", "hotdeal.payment.millis", "0");
    try (Served guarded = new Served(settings)) {
      assertLine(guarded.exchange("POST", "/reset?stock=7", ""), 403);
      HttpResponse<String> wrong =
          guarded.exchange("POST", "/reset?stock=7", "", "Authorization", "Bearer shut-horse");
      assertLine(wrong, 403);
      assertThat(wrong.body()).doesNotContain("horse");
      HttpResponse<String> right =
          guarded.exchange(
              "POST",
              "/reset?stock=7",
              "",
              "Authorization",
              "Bearer open-horse",
              "X-Forwarded-For",
              "192.0.2.7");
      assertThat(right.body()).isEqualTo("7");
    }
  }
}
