package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.OrderResult.Placed;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.ManualTimer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("If a store accepts calls but does not answer:")
class HangingStoresTest {

  private static final int DEALS = 50;
  private static final int ORDERS = 1_000;

  private final Hanging hanging = new Hanging();
  private final OrderLog log = new InMemoryOrderLog();
  private final StockCounter counter = new InMemoryStockCounter();
  private HotDeal hotDeal = settings().build();

  private HotDealBuilder settings() {
    return HotDeal.builder()
        .log(hanging.wrap(OrderLog.class, log))
        .counter(hanging.wrap(StockCounter.class, counter))
        .payments(PaymentGateway.none())
        .counterSlowCallThreshold(Duration.ofMillis(20))
        .shutdownTimeout(Duration.ZERO);
  }

  private void withShortThreshold() {
    hotDeal.close();
    hotDeal =
        settings()
            .slowCallThreshold(Duration.ofMillis(500))
            .maxInFlight(1_000)
            .maxBatch(10)
            .build();
  }

  private void awaitCall() {
    long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (hanging.calls.get() == 0) {
      assertThat(System.nanoTime()).isLessThan(giveUp);
      Thread.onSpinWait();
    }
  }

  /** Calls of some stores, or of some verbs and deals, wait until the test unblocks them. */
  private static final class Hanging {
    final Set<String> what = ConcurrentHashMap.newKeySet();
    final CountDownLatch unblocked = new CountDownLatch(1);
    final AtomicInteger calls = new AtomicInteger();

    <T> T wrap(Class<T> port, T store) {
      return port.cast(
          Proxy.newProxyInstance(
              port.getClassLoader(),
              new Class<?>[] {port},
              (self, method, args) -> {
                if (method.getName().equals("combinesDeals")) {
                  return false; // because it waits for one deal
                }
                String deal = args == null ? "" : dealOf(args[0]); // outbox() has none
                if (what.contains(port.getSimpleName())
                    || what.contains(method.getName() + " " + deal)) {
                  calls.incrementAndGet();
                  unblocked.await();
                }
                try {
                  return method.invoke(store, args);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              }));
    }

    void awaitUnblocked() {
      try {
        unblocked.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static String dealOf(Object first) {
      if (first instanceof List<?> orders) {
        return ((Order) orders.get(0)).dealId();
      }
      return first instanceof Deal deal ? deal.id() : String.valueOf(first);
    }
  }

  /** Never answers. */
  private static final class SilentGateway implements PaymentGateway {

    @Override
    public CompletionStage<ChargeResult> charge(Order order) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<ChargeResult> statusOrVoid(Order order) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<?> refund(Order order) {
      return new CompletableFuture<>();
    }
  }

  @AfterEach
  void close() {
    hanging.unblocked.countDown();
    hotDeal.close();
  }

  private static Order order(String id, String dealId) {
    return Order.of(id, dealId, "buyer", 1);
  }

  private List<CompletableFuture<OrderResult>> crowd() {
    List<CompletableFuture<OrderResult>> results = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      results.add(hotDeal.orderAsync(order("order-" + i, "deal-" + i % DEALS)));
    }
    return results;
  }

  @Test
  @DisplayName(
      "while the counter hangs, many deals are sold by the log alone, without more counter calls")
  void counterHangs() {
    for (int i = 0; i < DEALS; i++) {
      hotDeal.open(Deal.of("deal-" + i, ORDERS));
    }
    hanging.what.add("StockCounter");
    assertThat(crowd()).allSatisfy(it -> assertThat(it.join()).isInstanceOf(Placed.class));
    int calls = hanging.calls.get();
    assertThat(crowdOf("later")).allSatisfy(it -> assertThat(it.join()).isInstanceOf(Placed.class));
    assertThat(hanging.calls.get()).as("counter calls while one is unanswered").isEqualTo(calls);
    hanging.what.clear();
    hanging.unblocked.countDown();
    for (int i = 0; i < DEALS; i++) {
      awaitExact("deal-" + i);
    }
  }

  private List<CompletableFuture<OrderResult>> crowdOf(String prefix) {
    List<CompletableFuture<OrderResult>> results = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      results.add(hotDeal.orderAsync(order(prefix + "-" + i, "deal-" + i % DEALS)));
    }
    return results;
  }

  /** Waits until HotDeal has reconciled the counter after orders bypassed it. */
  private void awaitExact(String dealId) {
    long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!exact(dealId)) {
      assertThat(System.nanoTime()).as(dealId).isLessThan(giveUp);
      Thread.onSpinWait();
    }
  }

  private boolean exact(String dealId) {
    Stock stock = counter.stock(dealId).orElseThrow();
    Set<Order> held = Set.copyOf(counter.held(dealId, 10_000));
    long pending = held.stream().filter(it -> log.find(dealId, it.id()).isEmpty()).count();
    return stock.remaining() + pending == log.tally(dealId).orElseThrow().left();
  }

  @Test
  @DisplayName("while the counter hangs from the start, deals are opened and sold by the log alone")
  void counterHangsFromTheStart() {
    hanging.what.add("StockCounter");
    CompletableFuture<Void> first =
        CompletableFuture.runAsync(() -> hotDeal.open(Deal.of("deal-0", 10)));
    awaitCall();
    assertThat(hotDeal.order(order("a", "deal-0"))).isInstanceOf(Placed.class);
    int calls = hanging.calls.get();
    for (int i = 1; i < DEALS; i++) {
      hotDeal.open(Deal.of("deal-" + i, 10));
      assertThat(hotDeal.order(order("a", "deal-" + i))).isInstanceOf(Placed.class);
    }
    assertThat(hanging.calls.get()).as("counter calls while one is unanswered").isEqualTo(calls);
    hanging.unblocked.countDown();
    first.join();
  }

  @Test
  @DisplayName(
      "while the log hangs for one deal, orders of that deal are refused and another deal is sold")
  void logHangs() {
    withShortThreshold();
    hotDeal.open(Deal.of("hung", 100));
    hotDeal.open(Deal.of("well", 100));
    hanging.what.add("reserve hung");
    CompletableFuture<OrderResult> first = hotDeal.orderAsync(order("a", "hung"));
    awaitCall();
    awaitRefusal("hung");
    for (int i = 0; i < 50; i++) {
      assertThat(hotDeal.order(order("order-" + i, "well"))).isInstanceOf(Placed.class);
    }
    assertThatThrownBy(() -> hotDeal.order(order("b", "hung")))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("order log");
    assertThat(first).isNotDone();
    hanging.unblocked.countDown();
    assertThat(first.join()).isInstanceOf(Placed.class);
    assertThat(hotDeal.order(order("b", "hung"))).isInstanceOf(Placed.class);
  }

  private void awaitRefusal(String dealId) {
    long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    CompletableFuture<OrderResult> behind = hotDeal.orderAsync(order("behind", dealId));
    while (!behind.isCompletedExceptionally()) {
      assertThat(System.nanoTime()).isLessThan(giveUp);
      Thread.onSpinWait();
    }
  }

  @Test
  @DisplayName("while the log hangs for 20 deals, another deal is sold")
  void logHangsForMany() {
    withShortThreshold();
    hotDeal.open(Deal.of("well", 100));
    for (int i = 0; i < 20; i++) {
      hotDeal.open(Deal.of("hung-" + i, 100));
      hanging.what.add("reserve hung-" + i);
      var unused = hotDeal.orderAsync(order("a", "hung-" + i));
    }
    assertThat(hotDeal.order(order("a", "well"))).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("while the log hangs, orders time out with an unknown outcome and free their slots")
  void ordersEnd() {
    hotDeal.close();
    hotDeal = settings().orderTimeout(Duration.ofMillis(200)).maxInFlight(10).build();
    hotDeal.open(Deal.of("hung", 100));
    hanging.what.add("reserve hung");
    List<CompletableFuture<OrderResult>> results = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      results.add(hotDeal.orderAsync(order("order-" + i, "hung")));
    }
    assertThat(results)
        .allSatisfy(
            it ->
                assertThatThrownBy(it::join)
                    .cause()
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("PT0.2S"));
    hotDeal.open(Deal.of("well", 100));
    assertThat(hotDeal.order(order("a", "well"))).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("while the log hangs, a scheduled sweep times out and the schedule continues")
  void schedulesSurvive() throws InterruptedException {
    hotDeal.close();
    hotDeal = settings().orderTimeout(Duration.ofMillis(50)).build();
    hotDeal.open(Deal.of("hung", 100));
    hotDeal.open(Deal.of("well", 100));
    hanging.what.add("balance hung");
    CountDownLatch rounds = new CountDownLatch(3);
    hotDeal
        .resolver()
        .start(
            Duration.ofMillis(1),
            () -> {
              rounds.countDown();
              return List.of("hung", "well");
            });
    rounds.await();
    hotDeal.resolver().stop();
    assertThat(hanging.calls.get()).isPositive();
  }

  @Test
  @DisplayName("an answer of the counter after its time-out changes no result")
  void lateClaims() {
    hotDeal.open(Deal.of("deal", 10));
    hanging.what.add("claim deal");
    assertThat(hotDeal.order(order("a", "deal")))
        .isEqualTo(new Placed(order("a", "deal"), 9, false));
    assertThat(hotDeal.order(order("b", "deal")))
        .isEqualTo(new Placed(order("b", "deal"), 8, false));
    hanging.what.clear();
    hanging.unblocked.countDown();
    awaitExact("deal");
    assertThat(log.tally("deal").orElseThrow().paid().orders()).isEqualTo(2);
    assertThat(hotDeal.order(order("a", "deal")))
        .isEqualTo(new Placed(order("a", "deal"), 8, true));
  }

  @Test
  @DisplayName("a caller that blocks in a callback of its failed order does not block other orders")
  void blockingContinuations() throws InterruptedException {
    hotDeal.close();
    hotDeal =
        HotDeal.builder()
            .log(log)
            .payments(new SilentGateway())
            .paymentTimeout(Duration.ofMillis(5))
            .chargeAttempts(2, Duration.ofMillis(1))
            .orderTimeout(Duration.ofMillis(200))
            .shutdownTimeout(Duration.ZERO)
            .build();
    hotDeal.open(Deal.of("deal", 10));
    CountDownLatch blocked = new CountDownLatch(1);
    var unused =
        hotDeal
            .orderAsync(order("a", "deal"))
            .whenComplete(
                (result, broken) -> {
                  blocked.countDown();
                  hanging.awaitUnblocked();
                });
    blocked.await();
    assertThatThrownBy(() -> hotDeal.orderAsync(order("b", "deal")).join())
        .hasCauseInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  @DisplayName(
      "orders time out also where the caller's executor rejects the check of the time-outs")
  void fullExecutor() {
    ManualTimer timer = new ManualTimer();
    AtomicLong nanos = new AtomicLong();
    AtomicBoolean full = new AtomicBoolean();
    Queue<Runnable> accepted = new ArrayDeque<>();
    HotDeal busy =
        HotDeal.builder()
            .log(new InMemoryOrderLog())
            .payments(PaymentGateway.none())
            .orderTimeout(Duration.ofMillis(8))
            .ticker(nanos::get)
            .executor(
                task -> {
                  if (full.get()) {
                    throw new RejectedExecutionException("full");
                  }
                  accepted.add(task);
                })
            .timer(timer)
            .shutdownTimeout(Duration.ZERO)
            .build();
    busy.open(Deal.of("deal", 1));
    CompletableFuture<OrderResult> hanging = busy.orderAsync(Order.of("a", "deal", "b", 1));
    assertThat(accepted).as("the call, which no thread makes").hasSize(1);
    full.set(true);
    nanos.addAndGet(Duration.ofMillis(8).toNanos());
    timer.runUpTo(8);
    assertThat(hanging).isCompletedExceptionally();
    assertThatThrownBy(hanging::join).hasCauseInstanceOf(OutcomeUnknownException.class);
    busy.close();
    timer.shutdownNow();
  }
}
