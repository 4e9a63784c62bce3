package io.hotdeal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The demo on embedded stores")
class SellingTest {

  private static final int USERS = 40;
  private static Served demo;

  @BeforeAll
  static void start() {
    demo = new Served(Map.of("hotdeal.payment.millis", "5", "hotdeal.stock", "100"));
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @BeforeEach
  void reset() {
    assertThat(demo.post("/reset", "stock=100").body()).isEqualTo("100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/order", "/order-oracle", "/order-redis"})
  @DisplayName("sells exactly the stock to many concurrent buyers")
  void sellsExactly(String path) throws InterruptedException {
    List<String> bodies = orderMany(path, 300);

    assertThat(bodies.stream().filter(body -> body.matches("\\d+"))).hasSize(100);
    assertThat(bodies.stream().filter("Out Of Stock"::equals)).hasSize(200);
    assertThat(demo.books(path, "paidRows")).isEqualTo("100");
    assertThat(demo.books(path, "reservedRows")).isEqualTo("0");
    assertThat(demo.books(path, "leftInLog")).isEqualTo("0");
    assertThat(demo.books(path, "leftInCounter"))
        .isEqualTo(path.equals("/order-redis") ? "0" : "null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/order", "/order-oracle", "/order-redis"})
  @DisplayName(
      "answers a retry with the same sale, and 409 to the id with another buyer or quantity")
  void repeats(String path) {
    String order = path + "?order=mine&buyer=me&quantity=3";

    assertThat(demo.get(order).body()).isEqualTo("97");
    assertThat(demo.get(order).body()).isEqualTo("97");
    assertThat(demo.post(path, "order=mine&buyer=me&quantity=3").body()).isEqualTo("97");
    assertLine(demo.get(path + "?order=mine&buyer=you&quantity=3"), 409);
    assertLine(demo.get(path + "?order=mine&buyer=me&quantity=2"), 409);
    assertThat(demo.books(path, "leftInLog")).isEqualTo("97");
    assertThat(demo.books(path, "paidRows")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/order", "/order-oracle", "/order-redis"})
  @DisplayName("returns the id of the order in the header X-Order-Id")
  void namesTheOrder(String path) {
    HttpResponse<String> first = demo.get(path);
    String id = first.headers().firstValue("X-Order-Id").orElseThrow();

    assertThat(first.body()).isEqualTo("99");
    assertLine(demo.get(path + "?order=" + id + "&buyer=someone-else"), 409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/order", "/order-oracle", "/order-redis"})
  @DisplayName("answers 409 to an order for a closed deal")
  void closedDeal(String path) {
    String deal = demo.books(path, "deal");
    demo.post("/reset", "path=" + path);

    assertLine(demo.get(path + "?deal=" + deal), 409);
    assertThat(demo.get(path + "?deal=prod-001").statusCode()).isEqualTo(200);
    assertThat(demo.books(path, "quantity")).isEqualTo("100");
  }

  @ParameterizedTest
  @CsvSource({
    "order=,400",
    "order=a%20b,400",
    "order=a%7Db,400",
    "order=x%0Ay,400",
    "order=12345678901234567890123456789012345678901234567890123456789012345,400",
    "buyer=,400",
    "buyer=%C3%BC,400",
    "deal=,400",
    "deal=../etc,400",
    "quantity=0,400",
    "quantity=-1,400",
    "quantity=1000000001,400",
    "quantity=99999999999999999999,400",
    "quantity=many,400",
    "quantity=,400",
    "deal=no-such-deal,404",
  })
  @DisplayName("answers invalid input with a one-line error, and sells nothing")
  void badInput(String query, int status) {
    for (String path : List.of("/order", "/order-oracle", "/order-redis")) {
      assertLine(demo.get(path + "?" + query), status);
      assertThat(demo.books(path, "leftInLog")).isEqualTo("100");
      assertThat(demo.books(path, "paidRows")).isEqualTo("0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/reset,405",
    "HEAD,/order,405",
    "PUT,/order,405",
    "DELETE,/order-redis,405",
    "POST,/reset?stock=0,400",
    "POST,/reset?stock=x,400",
    "POST,/reset?path=/nowhere,400",
    "GET,/nowhere,404",
    "GET,/WEB-INF/web.xml,404",
  })
  @DisplayName("answers an unsupported method, path or value with a one-line error")
  void notServed(String method, String path, int status) {
    HttpResponse<String> response = demo.send(method, path, "");
    assertThat(response.statusCode()).isEqualTo(status);
    if (!method.equals("HEAD")) {
      assertLine(response, status);
    }
    assertThat(demo.books("/order", "leftInLog")).isEqualTo("100");
  }

  @Test
  @DisplayName("refuses an order for more than is left, and still sells what is left")
  void moreThanIsLeft() {
    assertThat(demo.get("/order-redis?quantity=101").body()).isEqualTo("Out Of Stock");
    assertThat(demo.get("/order-redis?quantity=100").body()).isEqualTo("0");
  }

  static void assertLine(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body())
        .isNotBlank()
        .hasLineCount(1)
        .doesNotContain("xception", "io.hotdeal");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
  }

  private static List<String> orderMany(String path, int orders) throws InterruptedException {
    Semaphore users = new Semaphore(USERS);
    Stream.Builder<CompletableFuture<HttpResponse<String>>> answers = Stream.builder();
    for (int i = 0; i < orders; i++) {
      users.acquire();
      answers.add(demo.getAsync(path).whenComplete((response, failure) -> users.release()));
    }
    return answers.build().map(CompletableFuture::join).map(HttpResponse::body).toList();
  }
}
