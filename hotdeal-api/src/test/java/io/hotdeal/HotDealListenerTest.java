package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.hotdeal.HotDealListener.BatchCompleted;
import io.hotdeal.HotDealListener.OrderCompleted;
import io.hotdeal.HotDealListener.SlowCall;
import io.hotdeal.HotDealListener.Store;
import io.hotdeal.OrderResult.Held;
import io.hotdeal.OrderResult.Placed;
import io.hotdeal.Reconciliation.Outcome;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.ManualTimer;
import io.hotdeal.testkit.ScriptedGateway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A listener is notified of")
class HotDealListenerTest {

  private static final String DEAL = "prod-001";

  private final FaultyStores faults = new FaultyStores();
  private final InMemoryOrderLog log = new InMemoryOrderLog();
  private final ScriptedGateway gateway = new ScriptedGateway();
  private final Recording heard = new Recording();
  private HotDeal hotDeal = settings().listener(heard).build();

  private HotDealBuilder settings() {
    return HotDeal.builder()
        .counter(faults.wrap(StockCounter.class, new InMemoryStockCounter()))
        .log(faults.wrap(OrderLog.class, log))
        .payments(gateway)
        .chargeAttempts(1, Duration.ofMillis(1))
        .soldOutCacheTtl(Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    faults.heal();
    hotDeal.close();
  }

  private static Order order(String id) {
    return Order.of(id, DEAL, "buyer-" + id, 1);
  }

  @Test
  @DisplayName(
      "each order with its result and elapsed time, including refusals by the sold-out cache")
  void orders() {
    hotDeal.open(Deal.of(DEAL, 1));
    Duration measured = timeOf(() -> hotDeal.order(order("a")));
    hotDeal.order(order("b"));
    hotDeal.order(order("c").asFirstAttempt());
    assertThat(heard.orders)
        .extracting(it -> it.order().id(), it -> it.result().getClass())
        .containsExactly(
            tuple("a", Placed.class), tuple("b", SoldOut.class), tuple("c", SoldOut.class));
    assertThat(heard.orders.get(0).elapsed()).isPositive().isLessThanOrEqualTo(measured);
    assertThat(heard.orders.get(2).elapsed()).isZero();
  }

  @Test
  @DisplayName("each batch with its store, verb, deal, size and elapsed time")
  void batches() {
    hotDeal.open(Deal.of(DEAL, 1));
    Duration measured = timeOf(() -> hotDeal.order(order("a")));
    assertThat(heard.batches)
        .extracting(BatchCompleted::store, BatchCompleted::verb, BatchCompleted::orders)
        .contains(
            tuple(Store.STOCK_COUNTER, "claim", 1),
            tuple(Store.ORDER_LOG, "reserve", 1),
            tuple(Store.ORDER_LOG, "confirm", 1));
    assertThat(heard.batches).allSatisfy(it -> assertThat(it.dealId()).isEqualTo(DEAL));
    assertThat(heard.batches)
        .filteredOn(it -> !it.verb().equals("settle")) // for which the order does not wait
        .allSatisfy(it -> assertThat(it.elapsed()).isPositive().isLessThanOrEqualTo(measured));
  }

  private static Duration timeOf(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  @DisplayName("a failed call, and of the opening and closing of the circuit breaker")
  void breaker() {
    hotDeal.close();
    hotDeal = settings().breakerOpenFor(Duration.ZERO).listener(heard).build();
    hotDeal.open(Deal.of(DEAL, 10));
    faults.refuse("reserve");
    assertThatThrownBy(() -> hotDeal.order(order("a"))).isInstanceOf(HotDealException.class);
    assertThatThrownBy(() -> hotDeal.order(order("a"))).isInstanceOf(HotDealException.class);
    faults.heal();
    hotDeal.order(order("b"));
    assertThat(heard.stores)
        .containsExactly(
            "failed order log", "opened order log", "failed order log", "closed order log");
    assertThat(heard.orders.get(0).failure()).hasMessageContaining("may be claimed");
    assertThat(heard.orders.get(0).result()).isNull();
    assertThat(heard.batches).anySatisfy(it -> assertThat(it.failure()).isNotNull());
  }

  @Test
  @DisplayName("a slow call and its end")
  void slowCall() throws InterruptedException {
    hotDeal.close();
    hotDeal = settings().slowCallThreshold(Duration.ofMillis(1)).listener(heard).build();
    hotDeal.open(Deal.of(DEAL, 10));
    faults.before("reserve", heard::awaitSlow);
    hotDeal.order(order("a"));
    heard.slowEnded.await();
    assertThat(heard.slow).contains(new SlowCall(Store.ORDER_LOG, DEAL, Duration.ofMillis(1)));
  }

  @Test
  @DisplayName("a deal that is sold out, once, and of its reopening after a restock")
  void soldOut() {
    hotDeal.open(Deal.of(DEAL, 1));
    gateway.answers("a", new ChargeResult.Declined("no money"));
    hotDeal.order(order("a"));
    hotDeal.order(order("b"));
    assertThat(hotDeal.order(order("c"))).isEqualTo(new SoldOut(0));
    assertThat(hotDeal.order(order("d"))).isEqualTo(new SoldOut(0));
    assertThat(heard.deals).containsExactly("sold out " + DEAL);
    hotDeal.restock(DEAL, 1, "op-1");
    assertThat(hotDeal.resolver().sweep(DEAL).isComplete()).isTrue();
    assertThat(hotDeal.order(order("e"))).isInstanceOf(Placed.class);
    assertThat(heard.deals).containsExactly("sold out " + DEAL, "reopened " + DEAL);
  }

  @Test
  @DisplayName("the reopening of a deal when units are held again, and not by a hold that stood")
  void reopenedByAHold() {
    Duration minute = Duration.ofMinutes(1);
    hotDeal.open(Deal.of(DEAL, 1));
    hotDeal.hold(order("a"), minute);
    hotDeal.order(order("b"));
    assertThat(hotDeal.hold(order("a"), minute)).isInstanceOf(Held.class);
    assertThat(heard.deals).containsExactly("sold out " + DEAL);
    hotDeal.restock(DEAL, 1, "op-1");
    assertThat(hotDeal.resolver().sweep(DEAL).isComplete()).isTrue();
    assertThat(hotDeal.hold(order("c"), minute)).isInstanceOf(Held.class);
    assertThat(heard.deals).containsExactly("sold out " + DEAL, "reopened " + DEAL);
  }

  @Test
  @DisplayName("no reopening by a return of a deal that was purged")
  void returnedAfterThePurge() {
    hotDeal.open(Deal.of(DEAL, 1));
    hotDeal.order(order("a"));
    hotDeal.order(order("b"));
    hotDeal.closeDeal(DEAL);
    hotDeal.purge(DEAL);
    hotDeal.giveBack(DEAL, "a", true);
    assertThat(heard.deals).containsExactly("sold out " + DEAL);
  }

  /** Orders the only unit, and another one while the payment of the first is under way. */
  private void sellOutDuringPayment(ChargeResult outcome) throws InterruptedException {
    CountDownLatch charging = new CountDownLatch(1);
    CompletableFuture<ChargeResult> payment = new CompletableFuture<>();
    PaymentGateway slow =
        PaymentGateway.blocking(
            order -> {
              charging.countDown();
              return payment.join();
            },
            order -> new ChargeResult.Declined("voided"),
            order -> {},
            task -> new Thread(task, "payment").start());
    hotDeal.close();
    hotDeal = settings().payments(slow).listener(heard).build();
    hotDeal.open(Deal.of(DEAL, 1));
    CompletableFuture<OrderResult> first = hotDeal.orderAsync(order("a"));
    charging.await();
    assertThat(hotDeal.order(order("b"))).isInstanceOf(SoldOut.class);
    payment.complete(outcome);
    first.join();
  }

  @Test
  @DisplayName("no reopening when a payment succeeds after other orders were refused")
  void latePayment() throws InterruptedException {
    sellOutDuringPayment(new ChargeResult.Charged());
    assertThat(heard.deals).containsExactly("sold out " + DEAL);
  }

  @Test
  @DisplayName("the reopening when a payment is declined after other orders were refused")
  void lateDecline() throws InterruptedException {
    sellOutDuringPayment(new ChargeResult.Declined("no money"));
    assertThat(heard.deals).containsExactly("sold out " + DEAL, "reopened " + DEAL);
  }

  @Test
  @DisplayName("each sweep and each reconciliation of the counter")
  void sweeps() {
    hotDeal.open(Deal.of(DEAL, 1));
    SweepReport report = hotDeal.resolver().sweep(DEAL);
    assertThat(heard.sweeps).containsExactly(report);
    assertThat(heard.reconciled).contains(new Reconciliation(DEAL, Outcome.EXACT, 1, 1, 0));
  }

  @Test
  @DisplayName("each deal whose scheduled sweep failed, and of a failed round of sweeps")
  void failedSweeps() {
    ManualTimer timer = new ManualTimer();
    hotDeal.close();
    hotDeal = settings().executor(Runnable::run).timer(timer).listener(heard).build();
    hotDeal.open(Deal.of(DEAL, 1));
    Resolver resolver = hotDeal.resolver();
    resolver.start(Duration.ofSeconds(7), () -> List.of("nobody", DEAL, "somebody"));
    assertThat(heard.deals).containsExactly("not swept nobody", "not swept somebody");
    assertThat(heard.sweeps).hasSize(1);
    heard.deals.clear();
    resolver.stop();
    resolver.start(
        Duration.ofSeconds(7),
        () -> {
          throw new IllegalStateException("by the test");
        });
    assertThat(heard.deals).containsExactly("not swept null");
    timer.shutdownNow();
  }

  @Test
  @DisplayName("a refund in doubt")
  void refund() {
    hotDeal.open(Deal.of(DEAL, 1));
    gateway.refundsFail = true;
    Order order = order("a");
    gateway.beforeCharge = () -> log.cancel(List.of(order));
    assertThatThrownBy(() -> hotDeal.order(order)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(heard.refunds).containsExactly("a");
  }

  @Test
  @DisplayName("an order although another listener threw an Error, and the order is placed")
  void throwing() {
    hotDeal.close();
    HotDealListener broken =
        new HotDealListener() {
          @Override
          public void orderCompleted(OrderCompleted event) {
            throw new AssertionError("by the test");
          }

          @Override
          public void batchCompleted(BatchCompleted event) {
            throw new StackOverflowError("by the test");
          }
        };
    hotDeal = settings().listener(broken).listener(heard).build();
    hotDeal.open(Deal.of(DEAL, 1));
    assertThat(hotDeal.order(order("a"))).isInstanceOf(Placed.class);
    assertThat(heard.orders).hasSize(1);
  }

  /** Records the events. */
  private static final class Recording implements HotDealListener {

    final List<OrderCompleted> orders = new CopyOnWriteArrayList<>();
    final List<BatchCompleted> batches = new CopyOnWriteArrayList<>();
    final List<SlowCall> slow = new CopyOnWriteArrayList<>();
    final List<String> stores = new CopyOnWriteArrayList<>();
    final List<String> deals = new CopyOnWriteArrayList<>();
    final List<String> refunds = new CopyOnWriteArrayList<>();
    final List<SweepReport> sweeps = new CopyOnWriteArrayList<>();
    final List<Reconciliation> reconciled = new CopyOnWriteArrayList<>();
    final CountDownLatch slowHeard = new CountDownLatch(1);
    final CountDownLatch slowEnded = new CountDownLatch(1);

    void awaitSlow() {
      try {
        slowHeard.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void orderCompleted(OrderCompleted event) {
      orders.add(event);
    }

    @Override
    public void batchCompleted(BatchCompleted event) {
      batches.add(event);
    }

    @Override
    public void storeCallFailed(Store store, HotDealException failure) {
      stores.add("failed " + store);
    }

    @Override
    public void callSlow(SlowCall event) {
      slow.add(event);
      slowHeard.countDown();
    }

    @Override
    public void slowCallEnded(SlowCall event) {
      slowEnded.countDown();
    }

    @Override
    public void breakerOpened(Store store, HotDealException cause) {
      stores.add("opened " + store);
    }

    @Override
    public void breakerClosed(Store store) {
      stores.add("closed " + store);
    }

    @Override
    public void soldOut(String dealId) {
      deals.add("sold out " + dealId);
    }

    @Override
    public void reopened(String dealId) {
      deals.add("reopened " + dealId);
    }

    @Override
    public void sweepCompleted(SweepReport report) {
      sweeps.add(report);
    }

    @Override
    public void sweepFailed(@Nullable String dealId, Throwable failure) {
      deals.add("not swept " + dealId);
    }

    @Override
    public void reconciled(Reconciliation reconciliation) {
      reconciled.add(reconciliation);
    }

    @Override
    public void refundInDoubt(Order order, String reason) {
      refunds.add(order.id());
    }
  }

  @Test
  @DisplayName("orders whose futures fail as they do without a listener")
  void failures() {
    hotDeal.open(Deal.of(DEAL, 1));
    hotDeal.close();
    CompletableFuture<Throwable> seen = new CompletableFuture<>();
    var unused =
        hotDeal.orderAsync(order("a")).whenComplete((result, failure) -> seen.complete(failure));
    assertThat(seen.join()).isInstanceOf(NothingHappenedException.class);
  }
}
