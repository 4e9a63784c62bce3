package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.OrderResult.Placed;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Without any resolver, the desk makes its counter exact again")
class MenderTest {

  private static final String DEAL = "prod-001";

  private final FaultyStores faults = new FaultyStores();
  private final StockCounter counter = new InMemoryStockCounter();
  private final OrderLog log = new InMemoryOrderLog();
  private final CountDownLatch corrected = new CountDownLatch(1);
  private final HotDeal desk =
      HotDeal.builder()
          .counter(faults.wrap(StockCounter.class, counter))
          .log(log)
          .payments(PaymentGateway.none())
          .outagePause(Duration.ofMillis(1))
          .build();

  @AfterEach
  void close() {
    desk.close();
  }

  private static Order order(String id) {
    return Order.of(id, DEAL, "buyer", 1);
  }

  private void awaitCorrection(long remaining) throws InterruptedException {
    assertThat(corrected.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(remaining);
  }

  @Test
  @DisplayName("after orders passed it by in an outage, however often it fails before")
  void afterAnOutage() throws InterruptedException {
    desk.open(Deal.of(DEAL, 10));
    faults.refuse("claim");
    CountDownLatch failures = new CountDownLatch(3);
    faults.before("stock", () -> fail(failures));
    assertThat(desk.order(order("a"))).isInstanceOf(Placed.class);
    assertThat(failures.await(30, TimeUnit.SECONDS)).isTrue();
    faults.after("restore", () -> countCorrection(9));
    faults.before("stock", () -> {});
    awaitCorrection(9);
  }

  @Test
  @DisplayName("after it opened a deal that the counter had lost, with claims that survived")
  void afterOpening() throws InterruptedException {
    Deal deal = Deal.of(DEAL, 10);
    log.open(deal);
    log.reserve(List.of(order("sold")), OrderState.PAID);
    counter.restore(deal, 3, Stock.ABSENT);
    faults.after("restore", () -> countCorrection(9));
    desk.open(deal);
    awaitCorrection(9);
  }

  private static void fail(CountDownLatch failures) {
    failures.countDown();
    throw new NothingHappenedException("by the test");
  }

  private void countCorrection(long remaining) {
    if (counter.stock(DEAL).orElseThrow().remaining() == remaining) {
      corrected.countDown();
    }
  }
}
