package io.hotdeal.demo;

import static io.hotdeal.demo.SellingTest.assertLine;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The HTTP interface of the demo")
class CallersTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static Served demo;

  @BeforeAll
  static void start() {
    demo = new Served(Map.of("hotdeal.payment.millis", "1", "hotdeal.stock", "100"));
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @BeforeEach
  void reset() {
    assertThat(demo.exchange("POST", "/reset?stock=100", "").body()).isEqualTo("100");
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Purpose,prefetch",
    "Sec-Purpose,prefetch;prerender",
    "Purpose,prefetch",
    "X-Moz,prefetch",
    "Sec-Fetch-Site,cross-site",
    "Origin,http://elsewhere.example",
    "Origin,null",
  })
  @DisplayName("answers 403 to an order by a prefetch or from another site's page")
  void browsers(String header, String value) {
    for (String path : new String[] {"/order", "/order-oracle", "/order-redis"}) {
      assertLine(demo.exchange("GET", path, "", header, value), 403);
      assertLine(demo.exchange("POST", path, "", header, value), 403);
      assertThat(demo.books(path, "leftInLog")).isEqualTo("100");
    }
  }

  @Test
  @DisplayName("sells to clients without browser headers, and to its own pages")
  void plainClients() {
    String own = "http://127.0.0.1:" + demo.port();
    assertThat(demo.exchange("GET", "/order-redis", "").body()).isEqualTo("99");
    assertThat(demo.exchange("POST", "/order-redis", "").body()).isEqualTo("98");
    assertThat(demo.exchange("POST", "/order-redis", "", "Origin", own).body()).isEqualTo("97");
    assertThat(demo.exchange("GET", "/order-redis", "", "Sec-Fetch-Site", "none").body())
        .isEqualTo("96");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin,http://elsewhere.example",
    "Origin,null",
    "Sec-Fetch-Site,cross-site",
    "Sec-Fetch-Site,same-site",
    "X-Forwarded-For,192.0.2.7",
    "Forwarded,for=192.0.2.7",
  })
  @DisplayName("answers 403 to a reset from another site's page or through a proxy")
  void resetFromElsewhere(String header, String value) {
    String deal = demo.books("/order", "deal");
    assertLine(demo.exchange("POST", "/reset?stock=7", "", header, value), 403);
    assertThat(demo.books("/order", "deal")).isEqualTo(deal);
  }

  @Test
  @DisplayName("answers 403 to a reset under a foreign host name, as in DNS rebinding")
  void resetUnderAnotherName() throws IOException {
    assertThat(rawReset("rebound.example")).startsWith("HTTP/1.1 403 ");
    assertThat(rawReset("localhost:" + demo.port())).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/order", "/order-oracle"})
  @DisplayName("answers 404 to an order for a deal at an endpoint without the deal's counter")
  void withoutItsCounter(String path) {
    String deal = demo.books("/order-redis", "deal");
    assertLine(demo.get(path + "?deal=" + deal), 404);
    assertThat(demo.books("/order-redis", "leftInLog")).isEqualTo("100");
    assertThat(demo.get("/order-redis?deal=" + deal).body()).isEqualTo("99");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%D9%A3", "%EF%BC%93", "%2B3", "%E0%A5%A9", "3.0", "0x3", "%203", "1e1"})
  @DisplayName("accepts only ASCII digits in numbers")
  void digits(String three) {
    assertLine(demo.get("/order-redis?quantity=" + three), 400);
    assertLine(demo.exchange("POST", "/reset?stock=" + three, ""), 400);
    assertThat(demo.books("/order-redis", "leftInLog")).isEqualTo("100");
    assertThat(demo.get("/order-redis?quantity=003").body()).isEqualTo("97");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,application/json,{}",
    "POST,text/plain,quantity=3",
    "POST,application/x-www-form-urlencodedx,quantity=3",
    "POST,multipart/form-data; boundary=x,quantity=3",
    "GET,application/json,{}",
    "GET,application/x-www-form-urlencoded,quantity=3",
  })
  @DisplayName("answers 415 to a request body that it does not support")
  void bodies(String method, String type, String body) {
    assertLine(demo.exchange(method, "/order-redis", body, "Content-Type", type), 415);
    assertThat(demo.books("/order-redis", "leftInLog")).isEqualTo("100");
    if (method.equals("POST")) {
      assertLine(demo.exchange(method, "/reset", body, "Content-Type", type), 415);
    }
  }

  @Test
  @DisplayName(
      "reads a form regardless of the case and charset of its content type, but not without one")
  void forms() {
    String type = "Application/X-WWW-Form-Urlencoded; charset=utf-8";
    assertThat(demo.exchange("POST", "/order-redis", "quantity=3", "Content-Type", type).body())
        .isEqualTo("97");
    assertLine(demo.exchange("POST", "/order-redis", "quantity=3"), 415);
    assertThat(demo.exchange("GET", "/order-redis", "", "Content-Type", FORM).body())
        .isEqualTo("96");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/order", "/order-redis", "/status", "/health", "/nowhere", "/reset"})
  @DisplayName("forbids caching and content sniffing in every response")
  void headers(String path) {
    HttpResponse<String> response = demo.get(path);
    assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
  }

  @Test
  @DisplayName("reports its health in one line")
  void health() {
    HttpResponse<String> response = demo.get("/health");
    assertLine(response, 200);
    assertThat(response.body())
        .matches("log up, counter up, deals open, last sweep (never|\\d+ s ago)");
  }

  private static String rawReset(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), demo.port())) {
      String request =
          "POST /reset?stock=100 HTTP/1.1\r\nHost: "
              + host
              + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
