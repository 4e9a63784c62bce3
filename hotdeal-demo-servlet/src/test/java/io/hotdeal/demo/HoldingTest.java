package io.hotdeal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The demo's purchase in two steps")
class HoldingTest {

  private static Served demo;

  @BeforeAll
  static void start() {
    demo = new Served(Map.of("hotdeal.payment.millis", "1", "hotdeal.stock", "2"));
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @BeforeEach
  void reset() {
    assertThat(demo.post("/reset", "stock=2").body()).isEqualTo("2");
  }

  @Test
  @DisplayName("holds, sells by the report of a payment, and refuses a second payment")
  void sells() {
    HttpResponse<String> held = demo.post("/hold", "order=a&buyer=me&seconds=60");
    assertThat(held.statusCode()).isEqualTo(200);
    assertThat(held.body()).startsWith("held until 20");
    assertThat(held.headers().firstValue("X-Order-Id")).contains("a");
    assertThat(demo.books("/order-redis", "leftInLog")).isEqualTo("1");

    assertThat(demo.post("/confirm", "order=a&payment=pay-1").body()).isEqualTo("1");
    assertThat(demo.post("/confirm", "order=a&payment=pay-1").body()).isEqualTo("1");
    HttpResponse<String> second = demo.post("/confirm", "order=a&payment=pay-2");
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body()).contains("PAID", "refunded");
    assertThat(demo.books("/order-redis", "paidRows")).isEqualTo("1");
  }

  @Test
  @DisplayName("gives the units back when the buyer cancels")
  void cancels() {
    demo.post("/hold", "order=a&buyer=me&quantity=2");
    assertThat(demo.get("/order-redis?buyer=you").body()).isEqualTo("Out Of Stock");
    assertThat(demo.post("/cancel", "order=a").statusCode()).isEqualTo(409);
    assertThat(demo.get("/order-redis?buyer=you").body()).isEqualTo("1");
    HttpResponse<String> late = demo.post("/confirm", "order=a&payment=pay-1");
    assertThat(late.body()).contains("CANCELLED", "refunded");
  }

  @Test
  @DisplayName("shows a payment page, whose buttons post to /confirm and /cancel")
  void page() {
    HttpResponse<String> page = demo.get("/pay?order=a");
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.body()).contains("action=\"confirm\"", "formaction=\"cancel\"", "value=\"a\"");
    assertThat(demo.get("/pay?order=%3Cscript%3E").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/hold,405",
    "GET,/confirm?order=a,405",
    "POST,/hold?seconds=0,400",
    "POST,/hold?seconds=3601,400",
    "POST,/hold?quantity=0,400",
    "POST,/hold?deal=other,404",
    "POST,/confirm,400",
    "POST,/confirm?order=a&payment=no%2Fid,400",
    "POST,/confirm?order=none&payment=pay-1,404",
    "POST,/cancel?order=none,404",
    "GET,/pay,400",
  })
  @DisplayName("answers invalid input with a clear status, and holds nothing")
  void badInput(String method, String path, int status) {
    assertThat(demo.send(method, path, "").statusCode()).isEqualTo(status);
    assertThat(demo.books("/order-redis", "leftInLog")).isEqualTo("2");
  }
}
