package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.OrderResult.Placed;
import io.hotdeal.contract.Crowd;
import io.hotdeal.contract.Race;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.ManualTimer;
import io.hotdeal.testkit.ScriptedGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Delayed calls:")
class LingerTest {

  private static final String DEAL = "prod-001";
  private static final int STOCK = 3_000;
  private static final Duration LONG = Duration.ofSeconds(1);
  private static final long MOST_LINGER_MILLIS = LONG.toMillis();

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final StockCounter counter = new InMemoryStockCounter(now::get);
  private final OrderLog log = new InMemoryOrderLog(now::get);
  private final ScriptedGateway gateway = new ScriptedGateway();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  private HotDealBuilder settings() {
    return HotDeal.builder()
        .counter(counter)
        .log(log)
        .payments(gateway)
        .timer(timer)
        .settleLinger(LONG);
  }

  @AfterEach
  void end() {
    timer.shutdownNow();
  }

  private static List<Order> firstAttempts(int count) {
    return Crowd.orders(DEAL, count).stream().map(Order::asFirstAttempt).toList();
  }

  private void expectAllEnded(long sold) {
    Stock stock = counter.stock(DEAL).orElseThrow();
    assertThat(stock.settled()).isEqualTo(sold);
    assertThat(stock.claimed()).isZero();
    assertThat(stock.remaining()).isEqualTo(log.tally(DEAL).orElseThrow().left());
  }

  @Test
  @DisplayName(
      "every sale is settled and every declined order released, even with a small maxInFlight")
  void fewUnderWay() {
    HotDeal hotDeal = settings().maxInFlight(150).build();
    hotDeal.open(Deal.of(DEAL, STOCK));
    List<Order> orders = firstAttempts(STOCK);
    for (int i = 0; i < STOCK; i += 10) {
      gateway.answers(orders.get(i).id(), new ChargeResult.Declined("by the test"));
    }
    List<OrderResult> results = Race.run(150, orders, hotDeal::order);
    hotDeal.close();
    assertThat(results).filteredOn(Placed.class::isInstance).hasSize(STOCK - STOCK / 10);
    expectAllEnded(STOCK - STOCK / 10);
  }

  @Test
  @DisplayName("successive sales share one settle call, and no order waits for it")
  void settlementsShareACall() {
    Queue<Runnable> threads = new ArrayDeque<>();
    ManualTimer manual = new ManualTimer();
    FaultyStores stores = new FaultyStores();
    HotDeal hotDeal =
        HotDeal.builder()
            .counter(stores.wrap(StockCounter.class, counter))
            .log(log)
            .payments(PaymentGateway.none())
            .executor(threads::add)
            .timer(manual)
            .build();
    hotDeal.open(Deal.of(DEAL, STOCK));
    for (Order order : firstAttempts(10)) {
      CompletableFuture<OrderResult> result = hotDeal.orderAsync(order);
      runAll(threads);
      assertThat(result).isCompletedWithValueMatching(Placed.class::isInstance);
    }
    assertThat(stores.calls("settle")).isZero();
    assertThat(manual.pauseMillis())
        .filteredOn(it -> it <= MOST_LINGER_MILLIS)
        .containsExactly(100L);

    manual.runUpTo(MOST_LINGER_MILLIS);
    runAll(threads);
    manual.shutdownNow();
    hotDeal.close();
    assertThat(stores.calls("settle")).isOne();
    expectAllEnded(10);
  }

  private static void runAll(Queue<Runnable> threads) {
    for (Runnable next = threads.poll(); next != null; next = threads.poll()) {
      next.run();
    }
  }

  @Test
  @DisplayName("close() sends them without waiting for their delay, and loses none")
  void closes() {
    HotDeal hotDeal = settings().shutdownTimeout(LONG.minusMillis(100)).build();
    hotDeal.open(Deal.of(DEAL, STOCK));
    firstAttempts(100).forEach(hotDeal::order);
    hotDeal.close();
    expectAllEnded(100);
  }

  @Test
  @DisplayName("close() sends the deadlines of holds, too")
  void closesHolds() {
    ManualTimer manual = new ManualTimer();
    HotDeal hotDeal =
        settings().executor(Runnable::run).timer(manual).shutdownTimeout(Duration.ZERO).build();
    hotDeal.open(Deal.of(DEAL, STOCK));
    hotDeal.hold(Order.of("held", DEAL, "buyer", 1), Duration.ofMinutes(10));
    hotDeal.close();
    manual.shutdownNow();
    now.updateAndGet(it -> it.plus(Deal.DEFAULT_HOLD).plusMillis(1));
    assertThat(counter.held(DEAL, 9)).hasSize(1);
    assertThat(counter.overdue(DEAL, 9)).isEmpty();
  }

  @Test
  @DisplayName("none is lost if the timer is shut down before HotDeal closes")
  void timerEnded() {
    HotDeal hotDeal = settings().build();
    hotDeal.open(Deal.of(DEAL, STOCK));
    firstAttempts(100).forEach(hotDeal::order);
    timer.shutdownNow();
    hotDeal.close();
    expectAllEnded(100);
  }

  @Test
  @DisplayName("settlements of a sweep are not delayed, so that a sweep can run on the timer")
  void sweepOnTheTimer() throws Exception {
    Deal deal = Deal.of(DEAL, STOCK);
    List<Order> sold = List.of(Order.of("sold", DEAL, "buyer", 1));
    try (HotDeal hotDeal = settings().build()) {
      hotDeal.open(deal);
      counter.claim(sold);
      log.reserve(sold, OrderState.PAID);
      now.updateAndGet(it -> it.plus(deal.hold()).plusMillis(1));
      SweepReport report =
          timer.submit(() -> hotDeal.resolver().sweep(DEAL)).get(1, TimeUnit.MINUTES);
      assertThat(report.settled()).isEqualTo(1);
      expectAllEnded(1);
    }
  }
}
