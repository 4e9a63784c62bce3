package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.demo.StoresForExamples;
import io.hotdeal.oracle.OracleOrderLog;
import io.hotdeal.oracle.OraclePools;
import io.hotdeal.oracle.OracleSchema;
import io.hotdeal.redis.JedisClients;
import io.hotdeal.redis.JedisCounters;
import io.hotdeal.spi.OrderState;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

@DisplayName("The payment page of docs/purchase.md")
class PaymentPageTest {

  private static final byte[] SECRET = "for tests only".getBytes(StandardCharsets.UTF_8);

  /** A provider in memory: sessions by key, paid, expired or open. */
  private static final class Sessions implements PaymentPage.Provider {

    private static final String EXPIRED = "";
    private final Map<String, String> ended = new ConcurrentHashMap<>();
    final List<String> refunded = new ArrayList<>();

    boolean pay(String key, String paymentId) {
      return ended.putIfAbsent(key, paymentId) == null;
    }

    @Override
    public String openSession(String key, Instant expires) {
      return "https://pay.example/" + key;
    }

    @Override
    public Optional<String> paymentOrExpire(String key) {
      String standing = ended.putIfAbsent(key, EXPIRED);
      return Optional.ofNullable(standing).filter(it -> !it.equals(EXPIRED));
    }

    @Override
    public void refund(String paymentId) {
      if (!refunded.contains(paymentId)) {
        refunded.add(paymentId);
      }
    }
  }

  @Test
  @DisplayName("sells by reports of payments, on real stores, and refunds what buys nothing")
  void sells() throws SQLException, GeneralSecurityException {
    Sessions provider = new Sessions();
    try (StoresForExamples stores = StoresForExamples.start();
        HikariDataSource pool = OraclePools.open(stores.jdbcUrl(), stores.user(), "");
        RedisClient redis = JedisClients.standalone(URI.create(stores.redisUri()))) {
      OracleSchema.H2.applyTo(pool);
      OracleOrderLog log = OracleOrderLog.conditionalUpdate(pool);
      try (HotDeal hotDeal =
          HotDeal.builder()
              .counter(JedisCounters.on(redis))
              .log(log)
              .payments(PaymentPage.gateway(provider, Runnable::run))
              .build()) {
        hotDeal.open(Deal.of("prod-001", 2));
        PaymentPage page = new PaymentPage(hotDeal, provider, SECRET);

        assertThat(page.buy(order("a"))).isEqualTo("https://pay.example/prod-001/a");
        assertThat(provider.pay("prod-001/a", "pay-1")).isTrue();
        assertThat(report(page, "prod-001/a pay-1")).isEqualTo(200);
        assertThat(report(page, "prod-001/a pay-1")).isEqualTo(200);
        assertThat(report(page, "prod-001/a pay-2")).isEqualTo(200);
        assertThat(provider.refunded).containsExactly("pay-2");
        assertThat(page.buy(order("a"))).isEqualTo("/orders/a");

        assertThat(page.buy(order("b"))).startsWith("https://");
        assertThat(page.buy(order("c"))).isEqualTo("/sold-out");
        assertThat(page.leave("prod-001", "b")).isInstanceOf(OrderResult.Declined.class);
        assertThat(provider.pay("prod-001/b", "pay-3")).as("its session is voided").isFalse();
        assertThat(page.buy(order("b"))).isEqualTo("/start-again");
        assertThat(page.buy(order("c"))).startsWith("https://");

        assertThat(page.webhook("00", "prod-001/c pay-4")).isEqualTo(400);
        assertThat(report(page, "prod-001/none pay-5")).isEqualTo(200);
        assertThat(log.find("prod-001", "c").orElseThrow().state()).isEqualTo(OrderState.HELD);
        assertThat(log.tally("prod-001").orElseThrow().paid().orders()).isEqualTo(1);
      }
    }
  }

  @Test
  @DisplayName("equals the code that the page shows")
  void isThisCode() throws IOException {
    assertThat(DocumentedCode.shownIn("docs/purchase.md"))
        .isEqualTo(DocumentedCode.compiled("PaymentPage.java"));
  }

  private static int report(PaymentPage page, String body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    byte[] signature = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
    return page.webhook(HexFormat.of().formatHex(signature), body);
  }

  private static Order order(String id) {
    return Order.of(id, "prod-001", "buyer-" + id, 1);
  }
}
