package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.OrderResult.Declined;
import io.hotdeal.OrderResult.Placed;
import io.hotdeal.Reconciliation.Outcome;
import io.hotdeal.contract.Crowd;
import io.hotdeal.contract.Race;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.ManualTimer;
import io.hotdeal.testkit.Overriding;
import io.hotdeal.testkit.ScriptedGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The resolver")
class ResolverTest {

  private static final String DEAL = "prod-001";
  private static final Duration HOLD = Duration.ofMinutes(2);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final FaultyStores faults = new FaultyStores();
  private final StockCounter counter = new InMemoryStockCounter(now::get);
  private final OrderLog log = new InMemoryOrderLog(now::get);
  private final ScriptedGateway gateway = new ScriptedGateway();
  private final ManualTimer timer = new ManualTimer();
  private HotDeal hotDeal = settings().build();

  private HotDealBuilder settings() {
    return HotDeal.builder()
        .counter(faults.wrap(StockCounter.class, counter))
        .log(faults.wrap(OrderLog.class, log))
        .payments(gateway)
        .counterSlowCallThreshold(Duration.ofMinutes(10)) // a busy machine must not reach it
        .chargeAttempts(1, Duration.ofMillis(1));
  }

  @AfterEach
  void tallyIsBalanced() {
    hotDeal.close();
    timer.shutdownNow();
    log.tally(DEAL).ifPresent(tally -> assertThat(tally.isBalanced()).as("%s", tally).isTrue());
  }

  private static Order order(String id) {
    return Order.of(id, DEAL, "buyer-" + id, 1);
  }

  private void open(long quantity) {
    hotDeal.open(Deal.of(DEAL, quantity).withHold(HOLD));
  }

  /** The state that a process leaves if it crashes after the claim. */
  private void claimed(Order... orders) {
    counter.claim(List.of(orders));
  }

  private void reserved(Order... orders) {
    claimed(orders);
    log.reserve(List.of(orders), OrderState.RESERVED);
  }

  private SweepReport sweepLater() {
    now.updateAndGet(it -> it.plus(HOLD).plusMillis(1));
    return hotDeal.resolver().sweep(DEAL);
  }

  private OrderState state(String id) {
    return log.find(DEAL, id).map(OrderRecord::state).orElse(OrderState.ABSENT);
  }

  private void expectCounter(long remaining, long settled) {
    Stock stock = counter.stock(DEAL).orElseThrow();
    assertThat(stock.remaining()).isEqualTo(remaining);
    assertThat(stock.settled()).isEqualTo(settled);
    assertThat(stock.claimed()).isZero();
    assertThat(remaining).isEqualTo(log.tally(DEAL).orElseThrow().left());
  }

  @Nested
  @DisplayName("completes the orders of crashed processes:")
  class Finishes {

    @Test
    @DisplayName(
        "an order that is only claimed is cancelled, and its unit is sold to another buyer")
    void afterTheClaim() {
      open(1);
      claimed(order("a"));
      SweepReport report = sweepLater();
      assertThat(report.claims()).isEqualTo(1);
      assertThat(report.cancelled()).isEqualTo(1);
      assertThat(report.isComplete()).isTrue();
      assertThat(state("a")).isEqualTo(OrderState.CANCELLED);
      expectCounter(1, 0);
      assertThat(hotDeal.order(order("b"))).isInstanceOf(Placed.class);
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Declined.class);
    }

    @Test
    @DisplayName("no claim is released before its order is cancelled in the log")
    void cancelledBeforeReleased() {
      open(3);
      claimed(order("a"));
      reserved(order("b"));
      faults.refuse("cancel");
      assertThat(sweepLater().unfinished()).isEqualTo(2);
      assertThat(faults.calls("release")).isZero();
      assertThat(counter.held(DEAL, 9)).hasSize(2);
      faults.heal();
      assertThat(sweepLater().cancelled()).isEqualTo(2);
      expectCounter(3, 0);
    }

    @Test
    @DisplayName("no claim is settled before its order is confirmed in the log")
    void confirmedBeforeSettled() {
      open(3);
      reserved(order("a"));
      gateway.charge(order("a"));
      faults.refuse("confirm");
      assertThat(sweepLater().unfinished()).isEqualTo(1);
      assertThat(faults.calls("settle")).isZero();
      faults.heal();
      assertThat(sweepLater().confirmed()).isEqualTo(1);
      expectCounter(2, 1);
    }

    @Test
    @DisplayName("an order that is reserved and not charged is cancelled, and never charged later")
    void afterTheReservation() {
      open(3);
      reserved(order("a"));
      assertThat(sweepLater().cancelled()).isEqualTo(1);
      assertThat(state("a")).isEqualTo(OrderState.CANCELLED);
      expectCounter(3, 0);
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Declined.class);
      assertThat(gateway.charged).isEmpty();
    }

    @Test
    @DisplayName("an order that is charged is confirmed and settled")
    void afterTheCharge() {
      open(3);
      reserved(order("a"));
      gateway.charge(order("a"));
      assertThat(sweepLater().confirmed()).isEqualTo(1);
      assertThat(state("a")).isEqualTo(OrderState.PAID);
      expectCounter(2, 1);
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 2, true));
    }

    @Test
    @DisplayName("an order that is confirmed is settled at the counter")
    void afterTheSale() {
      open(3);
      reserved(order("a"));
      log.confirm(List.of(order("a")));
      assertThat(sweepLater().settled()).isEqualTo(1);
      expectCounter(2, 1);
    }

    @Test
    @DisplayName("an order that is charged and cancelled is refunded, and its unit released")
    void afterTheCancel() {
      open(3);
      reserved(order("a"));
      gateway.charge(order("a"));
      log.cancel(List.of(order("a")));
      assertThat(sweepLater().released()).isEqualTo(1);
      assertThat(gateway.refunded).containsExactly("a");
      expectCounter(3, 0);
    }

    @Test
    @DisplayName(
        "orders without a claim are found by their rows, and confirmed if charged, else cancelled")
    void withoutAClaim() {
      open(5);
      log.reserve(List.of(order("a"), order("b")), OrderState.RESERVED);
      gateway.charge(order("b"));
      SweepReport report = sweepLater();
      assertThat(report.rows()).isEqualTo(2);
      assertThat(report.confirmed()).isEqualTo(1);
      assertThat(report.cancelled()).isEqualTo(1);
      expectCounter(4, 0);
    }

    @Test
    @DisplayName("a claim whose id belongs to a different order in the log is released")
    void conflict() {
      open(5);
      counter.claim(List.of(Order.of("a", DEAL, "somebody", 2)));
      log.reserve(List.of(order("a")), OrderState.PAID);
      assertThat(sweepLater().released()).isEqualTo(1);
      assertThat(state("a")).isEqualTo(OrderState.PAID);
      expectCounter(4, 0);
    }

    @Test
    @DisplayName("if no payment is due, an order is settled if it is PAID, else cancelled")
    void nothingDue() {
      hotDeal = settings().payments(PaymentGateway.none()).build();
      open(5);
      claimed(order("a"), order("b"));
      log.reserve(List.of(order("b")), OrderState.PAID);
      SweepReport report = sweepLater();
      assertThat(report.cancelled()).isEqualTo(1);
      assertThat(report.settled()).isEqualTo(1);
      assertThat(state("a")).isEqualTo(OrderState.CANCELLED);
      expectCounter(4, 1);
    }

    @Test
    @DisplayName("a charged order that the log refuses to confirm is refunded and cancelled")
    void notConfirmed() {
      hotDeal = settings().log(refusing("confirm")).build();
      open(5);
      reserved(order("a"));
      gateway.charge(order("a"));
      gateway.refundsFail = true;
      assertThat(sweepLater().unfinished()).isEqualTo(1);
      assertThat(state("a")).as("while the refund fails").isEqualTo(OrderState.RESERVED);
      gateway.refundsFail = false;
      assertThat(hotDeal.resolver().sweep(DEAL).cancelled()).isEqualTo(1);
      assertThat(gateway.refunded).contains("a");
      expectCounter(5, 0);
    }

    @Test
    @DisplayName(
        "also without a counter, where nothing but the RESERVED row leads to a refund in doubt")
    void notConfirmedWithoutCounter() {
      hotDeal.close();
      hotDeal =
          HotDeal.builder()
              .log(refusing("confirm"))
              .payments(gateway)
              .chargeAttempts(1, Duration.ofMillis(1))
              .build();
      open(5);
      gateway.refundsFail = true;
      assertThatThrownBy(() -> hotDeal.order(order("a")))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("refund in doubt");
      assertThat(sweepLater().unfinished()).isEqualTo(1);
      gateway.refundsFail = false;
      assertThat(hotDeal.resolver().sweep(DEAL).cancelled()).isEqualTo(1);
      assertThat(gateway.refunded).contains("a");
      assertThat(state("a")).isEqualTo(OrderState.CANCELLED);
    }

    /** A log in which one verb leaves every row RESERVED. */
    private OrderLog refusing(String verb) {
      return Overriding.of(
          OrderLog.class,
          log,
          verb,
          args -> Collections.nCopies(((List<?>) args[0]).size(), OrderState.RESERVED));
    }

    @Test
    @DisplayName("without a counter, orders are confirmed if charged, else cancelled")
    void withoutACounter() {
      hotDeal = HotDeal.builder().log(log).payments(gateway).build();
      open(5);
      log.reserve(List.of(order("a"), order("b")), OrderState.RESERVED);
      gateway.charge(order("b"));
      SweepReport report = sweepLater();
      assertThat(report.cancelled()).isEqualTo(1);
      assertThat(report.confirmed()).isEqualTo(1);
      assertThat(report.reconciliation().outcome()).isEqualTo(Outcome.NO_COUNTER);
      assertThat(report.isComplete()).isTrue();
    }

    @Test
    @DisplayName("1,500 orders are completed page by page")
    void manyPages() {
      open(2_000);
      List<Order> orders = Crowd.orders(DEAL, 1_000);
      counter.claim(orders);
      log.reserve(orders.subList(0, 700), OrderState.RESERVED);
      orders.subList(0, 300).forEach(gateway::charge);
      log.reserve(Crowd.orders(DEAL, 1_500).subList(1_000, 1_500), OrderState.RESERVED);
      SweepReport report = sweepLater();
      assertThat(report.claims() + report.rows()).isEqualTo(1_500);
      assertThat(report.confirmed()).isEqualTo(300);
      assertThat(report.cancelled()).isEqualTo(1_200);
      expectCounter(1_700, 300);
      assertThat(hotDeal.resolver().sweep(DEAL).foundNothing()).isTrue();
    }
  }

  @Nested
  @DisplayName("reads page after page")
  class Pages {

    @Test
    @DisplayName("until a page has nothing new, with one more read after a full page")
    void untilThereIsNothingNew() {
      open(2_000);
      reserved(Crowd.orders(DEAL, 128).toArray(Order[]::new));
      assertThat(sweepLater().claims()).isEqualTo(128);
      assertThat(faults.calls("overdue")).isEqualTo(2);
      assertThat(hotDeal.resolver().sweep(DEAL).foundNothing()).isTrue();
      assertThat(faults.calls("overdue")).as("one read, of an empty page").isEqualTo(3);
    }

    @Test
    @DisplayName("of claims without rows, and of rows without claims")
    void eitherAlone() {
      open(2_000);
      claimed(Crowd.orders(DEAL, 300).toArray(Order[]::new));
      assertThat(sweepLater().claims()).isEqualTo(300);
      log.reserve(Crowd.orders(DEAL, 700).subList(300, 700), OrderState.RESERVED);
      SweepReport report = sweepLater();
      assertThat(report.claims()).isZero();
      assertThat(report.rows()).isEqualTo(400);
      expectCounter(2_000, 0);
    }

    @Test
    @DisplayName("up to 1,000 claims per sweep, if claims keep becoming overdue")
    void endless() {
      open(2_000);
      faults.before("overdue", this::oneMoreOverdue);
      assertThat(hotDeal.resolver().sweep(DEAL).claims()).isEqualTo(1_000);
    }

    private int made;

    private void oneMoreOverdue() {
      made++;
      claimed(order("more-" + made));
      now.updateAndGet(it -> it.plus(HOLD).plusMillis(1));
    }
  }

  @Nested
  @DisplayName("does not change")
  class LeavesAlone {

    @Test
    @DisplayName("claims and RESERVED orders that are younger than the hold")
    void withinTheHold() {
      open(5);
      reserved(order("a"));
      claimed(order("b"));
      now.updateAndGet(it -> it.plus(HOLD).minusMillis(1));
      SweepReport report = hotDeal.resolver().sweep(DEAL);
      assertThat(report.foundNothing()).isTrue();
      assertThat(report.reconciliation().outcome()).isEqualTo(Outcome.PENDING);
      assertThat(report.reconciliation().pending()).isEqualTo(1);
      assertThat(state("a")).isEqualTo(OrderState.RESERVED);
    }

    @Test
    @DisplayName("orders whose payment status is unknown, until it is known")
    void unknownPayments() {
      gateway.statusUnknown = true;
      open(5);
      reserved(order("a"), order("c"));
      claimed(order("b"));
      gateway.charge(order("a"));
      SweepReport report = sweepLater();
      assertThat(report.unfinished()).isEqualTo(3);
      assertThat(report.isComplete()).isFalse();
      assertThat(state("a")).isEqualTo(OrderState.RESERVED);
      assertThat(state("b")).isEqualTo(OrderState.ABSENT);
      gateway.statusUnknown = false;
      assertThat(sweepLater().isComplete()).isTrue();
      expectCounter(4, 1);
    }

    @Test
    @DisplayName(
        "500 orders whose payment status is unknown, and still settles the sale after them")
    void manyUnfinished() {
      gateway.statusUnknown = true;
      open(2_000);
      List<Order> orders = Crowd.orders(DEAL, 500);
      reserved(orders.toArray(Order[]::new));
      now.updateAndGet(it -> it.plusMillis(1));
      reserved(order("sold"));
      log.confirm(List.of(order("sold")));
      SweepReport report = sweepLater();
      assertThat(report.unfinished()).isEqualTo(500);
      assertThat(report.settled()).isEqualTo(1);
    }
  }

  @Nested
  @DisplayName("handles failures and concurrent orders:")
  class GoesOn {

    @Test
    @DisplayName("if the counter fails, the log's rows are completed and the failure is reported")
    void counterDown() {
      open(5);
      log.reserve(List.of(order("a")), OrderState.RESERVED);
      faults.refuse("overdue");
      SweepReport report = sweepLater();
      assertThat(report.cancelled()).isEqualTo(1);
      assertThat(report.failures()).singleElement().asString().contains("overdue");
      assertThat(report.isComplete()).isFalse();
    }

    @Test
    @DisplayName("an order that the log fails to cancel is completed by the next sweep")
    void logRefuses() {
      open(5);
      claimed(order("a"));
      faults.refuse("cancel");
      SweepReport report = sweepLater();
      assertThat(report.unfinished()).isEqualTo(1);
      assertThat(report.failures()).singleElement().asString().contains("cancel");
      faults.heal();
      assertThat(hotDeal.resolver().sweep(DEAL).isComplete()).isTrue();
      expectCounter(5, 0);
    }

    @Test
    @DisplayName("if the log fails to find the rows of claims, the next sweep completes the claims")
    void logDoesNotSay() {
      open(500);
      reserved(Crowd.orders(DEAL, 100).toArray(Order[]::new));
      log.reserve(Crowd.orders(DEAL, 128).subList(100, 128), OrderState.RESERVED);
      faults.refuse("find");
      SweepReport report = sweepLater();
      assertThat(report.claims()).isEqualTo(100);
      assertThat(report.unfinished()).isEqualTo(100);
      assertThat(report.rows()).isEqualTo(28);
      assertThat(report.cancelled()).isEqualTo(28);
      assertThat(report.failures()).singleElement().asString().contains("find");
      assertThat(report.isComplete()).isFalse();
      assertThat(faults.calls("overdue")).as("reads before it was cut short").isEqualTo(1);
      faults.heal();
      assertThat(hotDeal.resolver().sweep(DEAL).cancelled()).isEqualTo(100);
      expectCounter(500, 0);
    }

    @Test
    @DisplayName(
        "if the log fails to list unresolved rows, the sweep ends after one page of claims")
    void logDoesNotSayRows() {
      open(500);
      claimed(Crowd.orders(DEAL, 200).toArray(Order[]::new));
      faults.refuse("unresolved");
      SweepReport report = sweepLater();
      assertThat(report.cancelled()).isEqualTo(128);
      assertThat(report.unfinished()).isZero();
      assertThat(report.failures()).singleElement().asString().contains("unresolved");
      assertThat(report.isComplete()).isFalse();
      assertThat(faults.calls("overdue")).as("reads before it was cut short").isEqualTo(1);
    }

    @Test
    @DisplayName(
        "if the counter fails between two pages, the next sweep completes the other claims")
    void counterFailsMidway() {
      open(500);
      claimed(Crowd.orders(DEAL, 300).toArray(Order[]::new));
      faults.after("unresolved", () -> faults.refuse("overdue"));
      SweepReport report = sweepLater();
      assertThat(report.claims()).isEqualTo(128);
      assertThat(report.cancelled()).isEqualTo(128);
      assertThat(report.failures()).singleElement().asString().contains("overdue");
      assertThat(report.isComplete()).isFalse();
      faults.heal();
      assertThat(hotDeal.resolver().sweep(DEAL).cancelled()).isEqualTo(172);
    }

    @Test
    @DisplayName(
        "if the counter cannot be reconciled, orders are completed and the failure is reported")
    void notReconciled() {
      open(5);
      claimed(order("a"));
      faults.refuse("stock");
      SweepReport report = sweepLater();
      assertThat(report.cancelled()).isEqualTo(1);
      assertThat(report.reconciliation())
          .isEqualTo(new Reconciliation(DEAL, Outcome.BUSY, 0, 0, 0));
      assertThat(report.failures()).singleElement().asString().contains("stock");
      assertThat(report.isComplete()).isFalse();
    }

    @Test
    @DisplayName("if the log cannot return the deal, the sweep fails before it reads claims")
    void logDown() {
      open(5);
      claimed(order("a"));
      faults.refuse("balance");
      assertThatThrownBy(() -> sweepLater())
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("balance");
      assertThat(faults.calls("overdue")).isZero();
    }

    @Test
    @DisplayName("with concurrent orders and sweeps, every order gets one final result")
    void concurrently() {
      open(300);
      Crowd.orders(DEAL, 200).forEach(order -> reserved(order));
      Crowd.orders(DEAL, 200).subList(0, 100).forEach(gateway::charge);
      now.updateAndGet(it -> it.plus(HOLD).plusMillis(1));
      HotDeal other = settings().build();
      List<OrderResult> results =
          Race.run(
              16,
              IntStream.range(0, 600).boxed().toList(),
              i -> {
                if (i % 20 == 0) {
                  (i % 40 == 0 ? hotDeal : other).resolver().sweep(DEAL);
                }
                return hotDeal.order(Order.of("order-" + i, DEAL, "buyer-" + i, 1));
              });
      other.close();
      sweepLater();
      Tally tally = log.tally(DEAL).orElseThrow();
      assertThat(tally.reserved().orders()).isZero();
      for (int i = 0; i < results.size(); i++) {
        OrderState state = state("order-" + i);
        assertThat(state == OrderState.PAID)
            .as("order-%s is %s, its buyer was told %s", i, state, results.get(i))
            .isEqualTo(results.get(i) instanceof Placed);
      }
      assertThat(gateway.charged).hasSize((int) tally.paid().orders() + gateway.refunded.size());
      expectCounter(tally.left(), counter.stock(DEAL).orElseThrow().settled());
    }

    @Test
    @DisplayName("a sweep of an unknown deal or of an invalid id is refused")
    void unknownDeal() {
      assertThatThrownBy(() -> hotDeal.resolver().sweep("nobody"))
          .isInstanceOf(UnknownDealException.class);
      assertThatThrownBy(() -> hotDeal.resolver().sweep("no/id"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  @DisplayName("sweeps on a schedule")
  class Schedules {

    @Test
    @DisplayName("for the deals that HotDeal opened, from start() to stop()")
    void startAndStop() throws InterruptedException {
      open(5);
      reserved(order("a"));
      now.updateAndGet(it -> it.plus(HOLD).plusMillis(1));
      CountDownLatch rounds = new CountDownLatch(3);
      faults.before("overdue", rounds::countDown);
      hotDeal.resolver().start(Duration.ofMillis(1));
      assertThat(rounds.await(30, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> hotDeal.resolver().start(Duration.ofSeconds(1)))
          .isInstanceOf(IllegalStateException.class);
      hotDeal.resolver().stop();
      hotDeal.resolver().stop();
      assertThat(state("a")).isEqualTo(OrderState.CANCELLED);
      hotDeal.resolver().start(Duration.ofDays(1));
    }

    @Test
    @DisplayName("that continues after a failed round")
    void goesOn() throws InterruptedException {
      open(5);
      CountDownLatch rounds = new CountDownLatch(3);
      hotDeal
          .resolver()
          .start(
              Duration.ofMillis(1),
              () -> {
                rounds.countDown();
                if (rounds.getCount() == 2) {
                  throw new IllegalStateException("by the test");
                }
                return List.of(DEAL, "nobody");
              });
      assertThat(rounds.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private int rounds;

    /** Starts a schedule whose rounds run on the test's thread, when the test runs the timer. */
    private void startThreadless(Runnable duringRound, String... dealIds) {
      hotDeal = settings().executor(Runnable::run).timer(timer).build();
      open(5);
      hotDeal
          .resolver()
          .start(
              Duration.ofSeconds(7),
              () -> {
                rounds++;
                duringRound.run();
                return List.of(dealIds);
              });
    }

    @Test
    @DisplayName("with the given pause between two rounds")
    void pauses() {
      startThreadless(() -> {}, DEAL);
      timer.runNext();
      assertThat(rounds).isEqualTo(2);
      assertThat(timer.pauseMillis()).containsExactly(7_000L, 7_000L);
      assertThat(faults.calls("overdue")).isEqualTo(2);
    }

    @Test
    @DisplayName("that omits a deal once it is purged")
    void purged() {
      hotDeal = settings().executor(Runnable::run).timer(timer).build();
      open(5);
      hotDeal.resolver().start(Duration.ofSeconds(7));
      assertThat(faults.calls("overdue")).isEqualTo(1);
      hotDeal.closeDeal(DEAL);
      hotDeal.purge(DEAL);
      timer.runNext();
      assertThat(faults.calls("overdue")).isEqualTo(1);
    }

    @Test
    @DisplayName("that sweeps the other deals if one cannot be swept")
    void theOthers() {
      claimedBefore("a");
      startThreadless(() -> {}, "nobody", DEAL);
      assertThat(state("a")).isEqualTo(OrderState.CANCELLED);
    }

    private void claimedBefore(String id) {
      open(5);
      claimed(order(id));
      now.updateAndGet(it -> it.plus(HOLD).plusMillis(1));
    }

    @Test
    @DisplayName("that ends after the round in which it is stopped")
    void stoppedWithin() {
      startThreadless(() -> hotDeal.resolver().stop(), DEAL);
      assertThat(faults.calls("overdue")).as("sweeps of the round").isEqualTo(1);
      timer.runNext();
      assertThat(rounds).isEqualTo(1);
      assertThat(timer.waiting()).isZero();
    }

    @Test
    @DisplayName("that is replaced by another one started within its round")
    void replacedWithin() {
      startThreadless(this::startAnother, DEAL);
      timer.runNext();
      timer.runNext();
      assertThat(rounds).isEqualTo(1);
      assertThat(timer.pauseMillis()).containsExactly(9_000L, 7_000L, 9_000L);
    }

    private void startAnother() {
      hotDeal.resolver().stop();
      hotDeal.resolver().start(Duration.ofSeconds(9), () -> List.of());
    }

    @Test
    @DisplayName("that ends with its timer, so that another one can be started")
    void timerEnded() {
      timer.shutdownNow();
      startThreadless(() -> {}, DEAL);
      assertThat(rounds).isEqualTo(1);
      hotDeal.resolver().start(Duration.ofSeconds(1), () -> List.of());
    }

    @Test
    @DisplayName("that ends when its HotDeal closes, even if the timer continues")
    void hotDealClosed() {
      startThreadless(() -> {}, DEAL);
      hotDeal.close();
      timer.runNext();
      assertThat(rounds).isEqualTo(1);
      assertThat(timer.waiting()).isZero();
    }

    @Test
    @DisplayName("whose period is within limits; a sweep of a closed HotDeal is refused")
    void limits() {
      for (Duration period : List.of(Duration.ZERO, Duration.ofDays(2))) {
        assertThatThrownBy(() -> hotDeal.resolver().start(period))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(period.toString());
      }
      open(5);
      hotDeal.close();
      assertThatThrownBy(() -> hotDeal.resolver().sweep(DEAL))
          .isInstanceOf(NothingHappenedException.class);
    }

    @Test
    @DisplayName("and a sweep that is under way when HotDeal closes fails as unknown")
    void closedMeanwhile() {
      CompletableFuture<ChargeResult> never = new CompletableFuture<>();
      hotDeal =
          settings()
              .shutdownTimeout(Duration.ZERO)
              .payments(
                  PaymentGateway.blocking(
                      o -> never.join(), o -> never.join(), o -> {}, task -> {}))
              .build();
      open(5);
      reserved(order("a"));
      now.updateAndGet(it -> it.plus(HOLD).plusMillis(1));
      var sweep = hotDeal.resolver().sweepAsync(DEAL);
      hotDeal.close();
      assertThatThrownBy(sweep::join).hasCauseInstanceOf(OutcomeUnknownException.class);
    }
  }

  @Nested
  @DisplayName("maintains the counter and the log:")
  class Maintains {

    @Test
    @DisplayName("a sweep restores a deal that the counter lost, without any order")
    void restored() {
      open(10);
      hotDeal.order(order("a"));
      StockCounter empty = new InMemoryStockCounter(now::get);
      HotDeal other = HotDeal.builder().counter(empty).log(log).payments(gateway).build();
      SweepReport report = other.resolver().sweep(DEAL);
      assertThat(report.reconciliation().outcome()).isEqualTo(Outcome.RESTORED);
      assertThat(empty.stock(DEAL).orElseThrow().remaining()).isEqualTo(9);
      other.close();
    }

    @Test
    @DisplayName(
        "purge deletes all orders of a closed deal but the sold ones, once none is RESERVED")
    void purge() {
      open(10);
      hotDeal.order(order("a"));
      reserved(order("b"));
      hotDeal.closeDeal(DEAL);
      assertThatThrownBy(() -> hotDeal.purge(DEAL)).isInstanceOf(NothingHappenedException.class);
      sweepLater();
      assertThat(hotDeal.purge(DEAL)).isEqualTo(1);
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 9, true));
      assertThat(hotDeal.order(order("b"))).isEqualTo(new Refusal.Closed());
    }

    @Test
    @DisplayName("purge removes the deal from a counter that missed its close")
    void purgeOfAMissedClose() {
      open(10);
      log.close(DEAL);
      assertThat(counter.stock(DEAL).orElseThrow().closed()).isFalse();
      hotDeal.purge(DEAL);
      assertThat(counter.stock(DEAL)).isEmpty();
    }

    @Test
    @DisplayName("a restock is added to the counter without a sweep")
    void restock() throws InterruptedException {
      open(1);
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Placed.class);
      assertThat(hotDeal.order(order("b").asFirstAttempt())).isEqualTo(new Refusal.SoldOut(0));
      CountDownLatch followed = new CountDownLatch(1);
      faults.after("restore", followed::countDown);
      hotDeal.restock(DEAL, 1, "op-1");
      assertThat(followed.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(1);
      assertThat(hotDeal.order(order("c"))).isInstanceOf(Placed.class);
    }
  }
}
