package io.hotdeal.internal.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealBuilder;
import io.hotdeal.HotDealListener.Store;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult.Placed;
import io.hotdeal.PaymentGateway;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.internal.resilience.CircuitBreaker;
import io.hotdeal.internal.resilience.SlowCallMonitor;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.ManualTimer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Without a resolver, HotDeal reconciles the counter")
class ReconcileLoopTest {

  private static final String DEAL = "prod-001";

  private final FaultyStores faults = new FaultyStores();
  private final StockCounter counter = new InMemoryStockCounter();
  private final OrderLog log = new InMemoryOrderLog();
  private final CountDownLatch corrected = new CountDownLatch(1);
  private final ManualTimer timer = new ManualTimer();
  private final AtomicLong nanos = new AtomicLong();
  private HotDeal hotDeal = settings().build();

  private HotDealBuilder settings() {
    return HotDeal.builder()
        .counter(faults.wrap(StockCounter.class, counter))
        .log(faults.wrap(OrderLog.class, log))
        .payments(PaymentGateway.none())
        .counterSlowCallThreshold(Duration.ofMinutes(10)) // a busy machine must not reach it
        .breakerOpenFor(Duration.ofMillis(1));
  }

  /** A HotDeal that runs all its tasks on the calling thread. */
  private HotDeal threadless() {
    return settings().executor(Runnable::run).timer(timer).build();
  }

  @AfterEach
  void close() {
    hotDeal.close();
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
  @DisplayName(
      "after an outage in which orders bypassed it, even if that fails repeatedly at first")
  void afterAnOutage() throws InterruptedException {
    hotDeal.open(Deal.of(DEAL, 10));
    faults.refuse("claim");
    CountDownLatch failures = new CountDownLatch(3);
    faults.before("stock", () -> fail(failures));
    assertThat(hotDeal.order(order("a"))).isInstanceOf(Placed.class);
    assertThat(failures.await(30, TimeUnit.SECONDS)).isTrue();
    faults.after("restore", () -> countCorrection(9));
    faults.before("stock", () -> {});
    awaitCorrection(9);
  }

  @Test
  @DisplayName("after it opened a deal for which the counter had a wrong count")
  void afterOpening() throws InterruptedException {
    Deal deal = Deal.of(DEAL, 10);
    log.open(deal);
    log.reserve(List.of(order("sold")), OrderState.PAID);
    counter.restore(deal, 3, Stock.ABSENT);
    faults.after("restore", () -> countCorrection(9));
    hotDeal.open(deal);
    awaitCorrection(9);
  }

  @Test
  @DisplayName("after it opened a deal that has orders, but not after it opened a new deal")
  void afterOpeningOnly() {
    hotDeal = threadless();
    hotDeal.open(Deal.of("new", 10));
    assertThat(faults.calls("stock")).isZero();
    log.open(Deal.of(DEAL, 10));
    log.reserve(List.of(order("sold")), OrderState.PAID);
    hotDeal.open(Deal.of(DEAL, 10));
    assertThat(faults.calls("stock")).isPositive();
    assertThat(timer.waiting()).isZero();
  }

  @Test
  @DisplayName("after it restored a deal of which another process sold a unit meanwhile")
  void afterRestoring() {
    hotDeal = threadless();
    log.open(Deal.of(DEAL, 10));
    faults.before("restore", this::sellElsewhereOnce);
    assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 8, false));
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(8);
  }

  private void sellElsewhereOnce() {
    log.reserve(List.of(order("elsewhere")), OrderState.PAID);
  }

  @Test
  @DisplayName("no more after it was closed, though the caller's timer goes on")
  void closed() {
    hotDeal = threadless();
    hotDeal.open(Deal.of(DEAL, 10));
    faults.refuse("stock");
    hotDeal.restock(DEAL, 5, "op-1");
    int calls = faults.calls("stock");
    hotDeal.close();
    timer.runNext();
    assertThat(faults.calls("stock")).isEqualTo(calls);
    assertThat(timer.waiting()).isZero();
  }

  @Test
  @DisplayName("repeatedly while the deal is BUSY, after pauses that double up to 800 ms")
  void whileBusy() {
    ReconcileLoop loop = openedWrong();
    faults.before("restore", this::claimOne);
    loop.schedule(DEAL);
    for (int i = 0; i < 6; i++) {
      assertThat(timer.waiting()).isEqualTo(1);
      timer.runNext();
    }
    assertThat(timer.pauseMillis()).containsExactly(50L, 100L, 200L, 400L, 800L, 800L, 800L);
    faults.heal();
    timer.runNext();
    assertThat(timer.waiting()).as("once it is exact").isZero();
    expectExact();
  }

  @Test
  @DisplayName("while the deal is BUSY, for at most a fifth of the time if an attempt takes long")
  void busyAndSlow() {
    ReconcileLoop loop = openedWrong();
    faults.before("restore", this::claimOneInASecond);
    loop.schedule(DEAL);
    timer.runNext();
    assertThat(timer.pauseMillis()).as("4 times 5 attempts").containsExactly(20_000L, 20_000L);
    faults.heal();
    timer.runNext();
    assertThat(timer.waiting()).isZero();
    expectExact();
  }

  private void claimOneInASecond() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    claimOne();
  }

  @Test
  @DisplayName("once more if that was requested during a reconciliation")
  void askedMeanwhile() {
    ReconcileLoop loop = openedWrong();
    faults.before("restore", this::claimOne);
    loop.schedule(DEAL);
    timer.runNext();
    loop.schedule(DEAL);
    assertThat(timer.waiting()).as("one at a time").isEqualTo(1);
    faults.before("restore", () -> {});
    faults.after("restore", () -> loop.schedule(DEAL));
    timer.runNext();
    assertThat(timer.pauseMillis()).containsExactly(50L, 100L, 200L);
    timer.runNext();
    assertThat(timer.waiting()).isZero();
    expectExact();
  }

  @Test
  @DisplayName("and starts the next reconciliation of the deal without a pause")
  void withoutPause() {
    ReconcileLoop loop = openedWrong();
    loop.schedule(DEAL);
    expectExact();
    log.restock(DEAL, 5, "op-1");
    loop.schedule(DEAL);
    expectExact();
    assertThat(timer.pauseMillis()).isEmpty();
  }

  /** A loop that runs on its caller's thread, for a deal whose counter offers too many units. */
  private ReconcileLoop openedWrong() {
    log.open(Deal.of(DEAL, 100));
    counter.restore(Deal.of(DEAL, 100), 1_000, Stock.ABSENT);
    AsyncStoreCalls calls = new AsyncStoreCalls(Runnable::run, null);
    CounterReconciler reconciler =
        new CounterReconciler(
            faults.wrap(StockCounter.class, counter), log, calls, calls, EventPublisher.NONE);
    SlowCallMonitor slowCalls =
        new SlowCallMonitor(
            new SlowCallMonitor.Rules(
                Store.STOCK_COUNTER, Duration.ofSeconds(1), SlowCallMonitor.Scope.STORE),
            System::nanoTime,
            timer,
            EventPublisher.NONE);
    CircuitBreaker breaker =
        new CircuitBreaker(
            Store.STOCK_COUNTER,
            Duration.ofMillis(1),
            System::nanoTime,
            slowCalls,
            EventPublisher.NONE);
    PaidOrderReplay replay = new PaidOrderReplay(counter, log, calls, calls, System::nanoTime);
    return new ReconcileLoop(reconciler, replay, breaker, nanos::get, timer);
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
