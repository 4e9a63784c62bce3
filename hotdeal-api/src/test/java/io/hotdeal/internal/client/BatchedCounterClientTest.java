package io.hotdeal.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.DealConflictException;
import io.hotdeal.DealState;
import io.hotdeal.HotDealListener.Store;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.Reconciliation.Outcome;
import io.hotdeal.internal.batch.BatchPolicy;
import io.hotdeal.internal.batch.BatcherFactory;
import io.hotdeal.internal.batch.FlushPolicy;
import io.hotdeal.internal.client.CounterClient.Pass;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.reconcile.CounterReconciler;
import io.hotdeal.internal.reconcile.CounterRestorer;
import io.hotdeal.internal.reconcile.PaidOrderReplay;
import io.hotdeal.internal.reconcile.ReconcileLoop;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.internal.resilience.Bulkhead;
import io.hotdeal.internal.resilience.CircuitBreaker;
import io.hotdeal.internal.resilience.SlowCallMonitor;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.ManualTimer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The client of the counter")
class BatchedCounterClientTest {

  private static final Deal DEAL = Deal.of("prod-001", 10).withLimitPerBuyer(1);
  private static final Duration BREAKER_OPEN_FOR = Duration.ofMillis(250);

  private final FaultyStores faults = new FaultyStores();
  private final AtomicLong nanos = new AtomicLong();
  private final ManualTimer timer = new ManualTimer();
  private final StockCounter counter = new InMemoryStockCounter();
  private final OrderLog log = new InMemoryOrderLog();
  private final BatchedCounterClient client = client(Runnable::run, false);

  private BatchedCounterClient client(Executor threads, boolean refusesWhenDown) {
    StockCounter faultyCounter = faults.wrap(StockCounter.class, counter);
    OrderLog faultyLog = faults.wrap(OrderLog.class, log);
    AsyncStoreCalls calls = new AsyncStoreCalls(Runnable::run, null);
    SlowCallMonitor slowCalls =
        new SlowCallMonitor(
            new SlowCallMonitor.Rules(
                Store.STOCK_COUNTER, Duration.ofSeconds(1), SlowCallMonitor.Scope.STORE),
            () -> 0,
            timer,
            EventPublisher.NONE);
    CircuitBreaker breaker =
        new CircuitBreaker(
            Store.STOCK_COUNTER, BREAKER_OPEN_FOR, nanos::get, slowCalls, EventPublisher.NONE);
    BatcherFactory batchers =
        new BatcherFactory(Store.STOCK_COUNTER, BatchPolicy.DEFAULT, threads, EventPublisher.NONE);
    CounterReconciler reconciler =
        new CounterReconciler(faultyCounter, faultyLog, calls, calls, EventPublisher.NONE);
    PaidOrderReplay replay =
        new PaidOrderReplay(faultyCounter, faultyLog, calls, calls, nanos::get);
    ReconcileLoop loop = new ReconcileLoop(reconciler, replay, breaker, nanos::get, timer);
    return new BatchedCounterClient(
        faultyCounter,
        new CounterGuard(breaker, calls, refusesWhenDown),
        new CounterBatching(
            batchers, FlushPolicy.IMMEDIATE, batchers, FlushPolicy.IMMEDIATE, new Bulkhead(100)),
        new CounterRecovery(
            reconciler,
            loop,
            new CounterRestorer(reconciler, loop, replay, faultyLog, calls),
            replay));
  }

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  private static Order order(String id) {
    return Order.of(id, DEAL.id(), "buyer-" + id, 1);
  }

  private void sell(String... ids) {
    for (String id : ids) {
      log.reserve(List.of(order(id)), OrderState.PAID);
    }
  }

  private void open() {
    client.open(log.tally(DEAL.id()).orElseThrow());
  }

  /** Advances the clock by the breaker's open period, and runs the waiting reconciliation. */
  private void runReconciliation() {
    nanos.addAndGet(BREAKER_OPEN_FOR.toNanos());
    timer.runNext();
  }

  @Test
  @DisplayName("evicts all waiting orders: claims go on to the log, other calls end unsuccessfully")
  void evicts() {
    Queue<Runnable> hanging = new ArrayDeque<>();
    BatchedCounterClient stuck = client(hanging::add, false);
    CompletableFuture<Pass> claim = stuck.claim(order("a"));
    CompletableFuture<Boolean> settle = stuck.settle(order("b"));
    CompletableFuture<Boolean> settleNow = stuck.settleNow(order("c"));
    CompletableFuture<Boolean> release = stuck.release(order("d"));
    CompletableFuture<Boolean> postpone = stuck.postpone(order("e"));
    CompletableFuture<Boolean> giveBack = stuck.giveBack(order("f"));
    assertThat(hanging).hasSize(6);
    stuck.evict();
    assertThat(claim).isCompletedWithValue(Pass.WITH_CLAIM);
    assertThat(List.of(settle, settleNow, release, postpone, giveBack))
        .allSatisfy(it -> assertThat(it).isCompletedWithValue(false));
  }

  @Test
  @DisplayName("opens a new deal without reading the log again")
  void opens() {
    log.open(DEAL);
    open();
    assertThat(counter.stock(DEAL.id()).orElseThrow().remaining()).isEqualTo(10);
    assertThat(faults.calls("tally") + faults.calls("balance")).isZero();
  }

  @Test
  @DisplayName("opens a deal that has sales with the log's count and the units of each buyer")
  void opensWithSales() {
    log.open(DEAL);
    sell("a", "b");
    open();
    assertThat(counter.stock(DEAL.id()).orElseThrow().remaining()).isEqualTo(8);
    assertThat(counter.claim(List.of(Order.of("again", DEAL.id(), "buyer-a", 1))).toString())
        .contains("LimitReached");
  }

  @Test
  @DisplayName("opens a deal with its present terms at a counter that missed their change")
  void opensChanged() {
    log.open(DEAL);
    counter.open(DEAL);
    DealTerms paused = log.change(DEAL.id(), DealChange.to(DealState.PAUSED));
    open();
    assertThat(counter.stock(DEAL.id()).orElseThrow().hasTerms(paused)).isTrue();
  }

  @Test
  @DisplayName("replays no sales to a counter that has the deal already")
  void opensAgain() {
    log.open(DEAL);
    counter.open(DEAL);
    sell("a");
    open();
    assertThat(faults.calls("paid")).isZero();
  }

  @Test
  @DisplayName("fails to open a deal that the counter has with other terms")
  void conflict() {
    log.open(DEAL);
    counter.open(Deal.of(DEAL.id(), 5));
    assertThatThrownBy(this::open).isInstanceOf(DealConflictException.class);
  }

  @Test
  @DisplayName("opens a deal later at a counter that was unavailable")
  void opensLater() {
    log.open(DEAL);
    faults.refuse("restore");
    open();
    faults.heal();
    runReconciliation();
    assertThat(counter.stock(DEAL.id()).orElseThrow().remaining()).isEqualTo(10);
  }

  private static DealTerms closed() {
    return new DealTerms(DEAL, DealState.CLOSED, 2);
  }

  @Test
  @DisplayName("closes a deal later at a counter that was unavailable")
  void closesLater() {
    log.open(DEAL);
    open();
    log.close(DEAL.id());
    faults.refuse("change");
    client.change(closed());
    faults.heal();
    runReconciliation();
    assertThat(counter.stock(DEAL.id()).orElseThrow().closed()).isTrue();
  }

  @Test
  @DisplayName("reconciles nothing after a call that succeeded")
  void nothingLater() {
    log.open(DEAL);
    open();
    client.change(closed());
    assertThat(faults.calls("stock")).isZero();
    assertThat(timer.waiting()).isZero();
  }

  @Test
  @DisplayName("fails to close a deal as unknown if orders are refused while the counter is down")
  void refuses() {
    BatchedCounterClient strict = client(Runnable::run, true);
    counter.open(DEAL);
    faults.refuse("change");
    assertThatThrownBy(() -> strict.change(closed()))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining("was changed in the log, not in the counter");
    assertThat(timer.waiting()).as("the probe").isOne();
  }

  @Test
  @DisplayName("returns whether a settlement or a release was carried out")
  void housekeeping() {
    counter.open(DEAL);
    assertThat(client.settle(order("a"))).isCompletedWithValue(true);
    assertThat(client.settleNow(order("b"))).isCompletedWithValue(true);
    assertThat(client.release(order("c"))).isCompletedWithValue(true);
    faults.refuse("settle");
    faults.refuse("release");
    assertThat(client.settle(order("a"))).isCompletedWithValue(false);
    assertThat(client.settleNow(order("b"))).isCompletedWithValue(false);
    assertThat(client.release(order("c"))).isCompletedWithValue(false);
  }

  @Test
  @DisplayName("replays the sales of a deal that a reconciliation restored, and of no other")
  void replaysAfterARestore() {
    log.open(DEAL);
    sell("a");
    assertThat(client.reconcile(DEAL.id(), ended -> {}).join().outcome())
        .isEqualTo(Outcome.RESTORED);
    assertThat(faults.calls("paid")).isOne();
    assertThat(client.reconcile(DEAL.id(), ended -> {}).join().outcome()).isEqualTo(Outcome.EXACT);
    assertThat(faults.calls("paid")).isOne();
  }

  @Test
  @DisplayName("restores a deal once for all orders that wait for it")
  void restoresOnce() {
    log.open(DEAL);
    List<CompletableFuture<Pass>> others = new ArrayList<>();
    faults.before(
        "balance",
        () -> {
          faults.heal();
          others.add(client.claim(order("b")));
        });
    assertThat(client.claim(order("a"))).isCompletedWithValue(Pass.WITH_CLAIM);
    assertThat(others)
        .singleElement()
        .satisfies(it -> assertThat(it).isCompletedWithValue(Pass.WITH_CLAIM));
    assertThat(faults.calls("claim")).isEqualTo(4);
  }

  @Test
  @DisplayName("replays no sales to a counter that another process restored meanwhile")
  void restoredElsewhere() {
    log.open(DEAL);
    sell("a");
    faults.before("restore", () -> counter.open(DEAL));
    assertThat(client.claim(order("b"))).isCompletedWithValue(Pass.WITH_CLAIM);
    assertThat(faults.calls("paid")).isZero();
  }

  @Test
  @DisplayName("repeats a failed reconciliation after pauses that double, up to 800 ms")
  void pauses() {
    log.open(DEAL);
    counter.open(DEAL);
    faults.refuse("stock");
    client.scheduleReconcile(DEAL.id());
    for (int i = 0; i < 6; i++) {
      timer.runNext();
    }
    assertThat(timer.pauseMillis()).containsExactly(50L, 100L, 200L, 400L, 800L, 800L, 800L);
    faults.heal();
    timer.runNext();
    assertThat(timer.waiting()).isZero();
  }

  @Test
  @DisplayName("closes the breaker after a purge failed because the counter was unavailable")
  void purgesLater() {
    log.open(DEAL);
    open();
    log.close(DEAL.id());
    client.change(closed());
    faults.refuse("purge");
    client.purge(closed());
    faults.heal();
    runReconciliation();
    assertThat(client.release(order("a"))).isCompletedWithValue(true);
  }

  @Test
  @DisplayName("bypasses a counter whatever it throws when a deal is opened")
  void anyException() {
    log.open(DEAL);
    faults.before(
        "restore",
        () -> {
          throw new IllegalStateException("by the test");
        });
    open();
    faults.heal();
    runReconciliation();
    assertThat(counter.stock(DEAL.id()).orElseThrow().remaining()).isEqualTo(10);
  }

  @Test
  @DisplayName("replays the sales of a deal that the loop restored")
  void replaysAfterTheLoop() {
    log.open(DEAL);
    sell("a");
    client.scheduleReconcile(DEAL.id());
    assertThat(faults.calls("paid")).isOne();
    assertThat(counter.claim(List.of(Order.of("again", DEAL.id(), "buyer-a", 1))).toString())
        .contains("LimitReached");
  }

  @Test
  @DisplayName("reconciles nothing more once it is stopped, though the timer goes on")
  void stops() {
    log.open(DEAL);
    faults.refuse("stock");
    client.scheduleReconcile(DEAL.id());
    client.stop();
    timer.runNext();
    assertThat(timer.waiting()).isZero();
    assertThat(faults.calls("stock")).isOne();
  }

  @Test
  @DisplayName("reconciles at most 10,000 deals at once, however many ids arrive")
  void bounded() {
    counter.open(DEAL);
    faults.refuse("claim");
    client.claim(order("a")).join();
    for (int i = 0; i < 10_500; i++) {
      client.scheduleReconcile("invented-" + i);
    }
    assertThat(timer.waiting()).isEqualTo(10_000);
  }
}
