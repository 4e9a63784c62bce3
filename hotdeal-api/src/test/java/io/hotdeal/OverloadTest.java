package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.OrderResult.Placed;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FaultyStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("While the log hangs, HotDeal")
class OverloadTest {

  private static final String DEAL = "prod-001";
  private static final int MOST = 10_000;
  private static final long MEBIBYTE = 1 << 20;
  private static final Duration STALL = Duration.ofMinutes(10);

  private final FaultyStores faults = new FaultyStores();
  private final InMemoryOrderLog log = new InMemoryOrderLog();
  private final AtomicLong nanos = new AtomicLong();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answers = new CountDownLatch(1);
  private final HotDeal hotDeal =
      HotDeal.builder()
          .counter(faults.wrap(StockCounter.class, new InMemoryStockCounter()))
          .log(faults.wrap(OrderLog.class, log))
          .payments(PaymentGateway.none())
          .maxInFlight(MOST)
          .slowCallThreshold(STALL) // reached on the test's clock only, not on the timer's
          .orderTimeout(STALL.multipliedBy(2))
          .ticker(nanos::get)
          .shutdownTimeout(Duration.ofMillis(1))
          .build();

  @BeforeEach
  void hang() {
    hotDeal.open(Deal.of(DEAL, 1_000_000));
    faults.before(
        "reserve",
        () -> {
          asked.countDown();
          awaitAnswer();
        });
  }

  private void awaitAnswer() {
    try {
      answers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void end() {
    answers.countDown();
    hotDeal.close();
  }

  private static Order order(int i) {
    return Order.of("order-" + i, DEAL, "buyer", 1);
  }

  @Test
  @DisplayName(
      "holds 10,000 orders and refuses all others at once, in less than 64 MiB more memory")
  void bounded() {
    List<CompletableFuture<OrderResult>> held = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      held.add(hotDeal.orderAsync(order(i)));
    }
    long before = usedMemory();
    int refused = 0;
    for (int i = MOST; i < 30 * MOST; i++) {
      CompletableFuture<OrderResult> result = hotDeal.orderAsync(order(i));
      if (result.isCompletedExceptionally()) {
        refused++;
      }
    }
    assertThat(refused).isEqualTo(29 * MOST);
    assertThat(held).noneMatch(CompletableFuture::isDone);
    assertThat(usedMemory() - before).as("bytes used in addition").isLessThan(64 * MEBIBYTE);
    answers.countDown();
    assertThat(held).allSatisfy(it -> assertThat(it.join()).isInstanceOf(Placed.class));
  }

  private static long usedMemory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  @DisplayName("claims nothing after slowCallThreshold, and sells again when the log answers")
  void claimsNothingMore() throws InterruptedException {
    CompletableFuture<OrderResult> first = hotDeal.orderAsync(order(0));
    asked.await();
    nanos.addAndGet(STALL.toNanos());
    int claims = faults.calls("claim");
    for (int i = 1; i < 100; i++) {
      int each = i;
      assertThatThrownBy(() -> hotDeal.order(order(each)))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("order log")
          .hasMessageContaining("PT10M");
    }
    assertThat(faults.calls("claim")).isEqualTo(claims);
    answers.countDown();
    assertThat(first.join()).isInstanceOf(Placed.class);
    assertThat(hotDeal.order(order(1))).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("closes without waiting for the log, and fails the orders under way as unknown")
  void closes() throws InterruptedException {
    List<CompletableFuture<OrderResult>> results = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      results.add(hotDeal.orderAsync(order(i)));
    }
    asked.await();
    hotDeal.close();
    assertThat(results)
        .allSatisfy(
            it -> assertThatThrownBy(it::join).hasCauseInstanceOf(OutcomeUnknownException.class));
    assertThatThrownBy(() -> hotDeal.order(order(1))).isInstanceOf(NothingHappenedException.class);
  }
}
