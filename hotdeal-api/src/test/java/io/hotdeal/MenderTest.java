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
  private final ManualTimer timer = new ManualTimer();
  private HotDeal desk = settings().build();

  private HotDealBuilder settings() {
    return HotDeal.builder()
        .counter(faults.wrap(StockCounter.class, counter))
        .log(faults.wrap(OrderLog.class, log))
        .payments(PaymentGateway.none())
        .counterStallAfter(Duration.ofMinutes(10)) // not by a machine that is busy
        .outagePause(Duration.ofMillis(1));
  }

  /** A desk without threads: whatever it starts is over when it returns. */
  private HotDeal threadless() {
    return settings().executor(Runnable::run).timer(timer).build();
  }

  @AfterEach
  void close() {
    desk.close();
    timer.shutdownNow();
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

  @Test
  @DisplayName("after it opened a deal that has orders, but has no reason to where it has none")
  void afterOpeningOnly() {
    desk = threadless();
    desk.open(Deal.of("new", 10));
    assertThat(faults.calls("stock")).isZero();
    log.open(Deal.of(DEAL, 10));
    log.reserve(List.of(order("sold")), OrderState.PAID);
    desk.open(Deal.of(DEAL, 10));
    assertThat(faults.calls("stock")).isPositive();
    assertThat(timer.waiting()).isZero();
  }

  @Test
  @DisplayName("after it brought back a deal that was sold elsewhere in that very moment")
  void afterBringingBack() {
    desk = threadless();
    log.open(Deal.of(DEAL, 10));
    faults.before("restore", this::sellElsewhereOnce);
    assertThat(desk.order(order("a"))).isEqualTo(new Placed(order("a"), 8, false));
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(8);
  }

  private void sellElsewhereOnce() {
    log.reserve(List.of(order("elsewhere")), OrderState.PAID);
  }

  @Test
  @DisplayName("again and again while the deal keeps busy, after ever longer pauses up to a limit")
  void whileBusy() {
    Mender mender = openedWrong();
    faults.before("restore", this::claimOne);
    mender.mend(DEAL);
    for (int i = 0; i < 6; i++) {
      assertThat(timer.waiting()).isEqualTo(1);
      timer.runNext();
    }
    assertThat(timer.pauseMillis()).containsExactly(50L, 100L, 200L, 400L, 800L, 800L, 800L);
    faults.heal();
    timer.runNext();
    assertThat(timer.waiting()).as("it is exact").isZero();
    expectExact();
  }

  @Test
  @DisplayName("once more where it was asked to while it was at it")
  void askedMeanwhile() {
    Mender mender = openedWrong();
    faults.before("restore", this::claimOne);
    mender.mend(DEAL);
    timer.runNext();
    mender.mend(DEAL);
    assertThat(timer.waiting()).as("one at a time").isEqualTo(1);
    faults.before("restore", () -> {});
    faults.after("restore", () -> mender.mend(DEAL));
    timer.runNext();
    assertThat(timer.pauseMillis()).containsExactly(50L, 100L, 200L);
    timer.runNext();
    assertThat(timer.waiting()).isZero();
    expectExact();
  }

  @Test
  @DisplayName("and forgets the deal then: the next time it begins anew")
  void anew() {
    Mender mender = openedWrong();
    mender.mend(DEAL);
    expectExact();
    log.restock(DEAL, 5, "op-1");
    mender.mend(DEAL);
    expectExact();
    assertThat(timer.pauseMillis()).isEmpty();
  }

  /** A mender that works in its caller's thread, over a deal that the counter has too many of. */
  private Mender openedWrong() {
    log.open(Deal.of(DEAL, 100));
    counter.restore(Deal.of(DEAL, 100), 1_000, Stock.ABSENT);
    Reconciler reconciler = Reconciler.of(faults.wrap(StockCounter.class, counter), log);
    Outage.Rules rules =
        new Outage.Rules(Duration.ofMillis(1), Duration.ofSeconds(1), Outage.Scope.STORE);
    return new Mender(reconciler, new Outage("counter", rules, System::nanoTime, timer), timer);
  }

  private int claims;

  private void claimOne() {
    claims++;
    counter.claim(List.of(order("claim-" + claims)));
  }

  private void expectExact() {
    Stock stock = counter.stock(DEAL).orElseThrow();
    assertThat(stock.remaining() + stock.claimed()).isEqualTo(log.tally(DEAL).orElseThrow().left());
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
