package io.hotdeal.internal.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hotdeal.ChargeResult;
import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.DealState;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealBuilder;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.OrderResult.Declined;
import io.hotdeal.OrderResult.Placed;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.PaymentGateway;
import io.hotdeal.Refusal.Closed;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.Paused;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.ReserveResult;
import io.hotdeal.UnknownDealException;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.Overriding;
import io.hotdeal.testkit.ScriptedGateway;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("HotDeal in rare cases")
class OrderFlowTest {

  private static final String DEAL = "deal";

  private final NothingHappenedException tooLong = new NothingHappenedException("too long");
  private final FaultyStores faults = new FaultyStores();
  private final StockCounter counter = new InMemoryStockCounter();
  private final OrderLog log = new InMemoryOrderLog();
  private final ScriptedGateway gateway = new ScriptedGateway();
  private final AtomicLong nanos = new AtomicLong();
  private final CountDownLatch answers = new CountDownLatch(1);
  private HotDeal hotDeal = withoutCounter().counter(wrapped(StockCounter.class, counter)).build();

  private HotDealBuilder withoutCounter() {
    return HotDeal.builder()
        .log(wrapped(OrderLog.class, log))
        .payments(gateway)
        .chargeAttempts(1, Duration.ofMillis(1))
        .orderTimeout(Duration.ofSeconds(5))
        .ticker(nanos::get);
  }

  private <T> T wrapped(Class<T> port, T store) {
    return faults.wrap(port, store);
  }

  @AfterEach
  void end() {
    answers.countDown();
    hotDeal.close();
  }

  private static Order order(String id) {
    return Order.of(id, DEAL, "buyer-1", 1);
  }

  /** A log that rejects every order. */
  private OrderLog rejecting() {
    return (OrderLog)
        Proxy.newProxyInstance(
            OrderLog.class.getClassLoader(),
            new Class<?>[] {OrderLog.class},
            (self, method, args) ->
                method.getName().equals("reserve")
                    ? Collections.nCopies(
                        ((List<?>) args[0]).size(), new ReserveResult.Rejected(tooLong))
                    : method.invoke(log, args));
  }

  @Test
  @DisplayName("does not cancel an order that the log rejects, if another attempt was charged")
  void rejectedButPaid() {
    gateway.charge(order("a"));
    log.open(Deal.of(DEAL, 5));
    log.reserve(List.of(order("a")), OrderState.RESERVED);
    hotDeal = withoutCounter().counter(counter).log(rejecting()).build();
    hotDeal.open(Deal.of(DEAL, 5));
    assertThatThrownBy(() -> hotDeal.order(order("a"))).isInstanceOf(OutcomeUnknownException.class);
    assertThat(log.find(DEAL, "a").orElseThrow().state()).isEqualTo(OrderState.RESERVED);
  }

  @Test
  @DisplayName("declines an order that the log rejects and cancels, and releases its claim")
  void rejectedWithAClaim() {
    hotDeal = withoutCounter().counter(counter).log(rejecting()).build();
    hotDeal.open(Deal.of(DEAL, 5));
    Declined declined = new Declined("rejected by the order log: " + tooLong.getMessage());
    assertThat(hotDeal.order(order("a"))).isEqualTo(declined);
    assertThat(log.find(DEAL, "a").orElseThrow().state()).isEqualTo(OrderState.CANCELLED);
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(5);
  }

  /** A counter that answers every claim with UnknownDeal. */
  private StockCounter withoutDeals() {
    return (StockCounter)
        Proxy.newProxyInstance(
            StockCounter.class.getClassLoader(),
            new Class<?>[] {StockCounter.class},
            (self, method, args) ->
                method.getName().equals("claim")
                    ? Collections.nCopies(((List<?>) args[0]).size(), new UnknownDeal())
                    : method.invoke(counter, args));
  }

  @Test
  @DisplayName("bypasses a counter that does not know the deal even after a restore")
  void unknownTwice() {
    hotDeal = withoutCounter().counter(wrapped(StockCounter.class, withoutDeals())).build();
    hotDeal.open(Deal.of(DEAL, 1));
    assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 0, false));
    assertThat(faults.calls("claim")).as("before and after the restore").isEqualTo(2);
    assertThat(hotDeal.order(order("b"))).isEqualTo(new SoldOut(0));
    assertThat(log.tally(DEAL).orElseThrow().paid().units()).isEqualTo(1);
  }

  @Test
  @DisplayName("treats an order as unclaimed if the counter does not know the deal after a restore")
  void unclaimedIfUnknown() {
    hotDeal = withoutCounter().counter(withoutDeals()).log(rejecting()).build();
    hotDeal.open(Deal.of(DEAL, 1));
    assertThatThrownBy(() -> hotDeal.order(order("a"))).isSameAs(tooLong);
    assertThat(log.find(DEAL, "a")).isEmpty();
  }

  @Test
  @DisplayName("writes no tombstone for an order that the log rejects, if nothing was claimed")
  void rejectedWithoutAClaim() {
    hotDeal = withoutCounter().log(rejecting()).build();
    hotDeal.open(Deal.of(DEAL, 5));
    assertThatThrownBy(() -> hotDeal.order(order("a"))).isSameAs(tooLong);
    assertThat(log.find(DEAL, "a")).isEmpty();
  }

  @Test
  @DisplayName("clears the sold-out cache when a declined payment releases a unit")
  void declinedAfterSoldOut() {
    PaymentGateway blocking =
        PaymentGateway.blocking(
            charged -> {
              if (charged.id().equals("a")) {
                assertThat(hotDeal.order(order("b").asFirstAttempt())).isEqualTo(new SoldOut(0));
                return new ChargeResult.Declined("no money");
              }
              return new ChargeResult.Charged();
            },
            ended -> new ChargeResult.Declined("no money"),
            refunded -> {},
            task -> new Thread(task).start());
    hotDeal =
        withoutCounter().counter(wrapped(StockCounter.class, counter)).payments(blocking).build();
    hotDeal.open(Deal.of(DEAL, 1));
    assertThat(hotDeal.order(order("a"))).isEqualTo(new Declined("no money"));
    assertThat(hotDeal.order(order("c").asFirstAttempt())).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName(
      "declines an order even if its claim cannot be released, and leaves that to the resolver")
  void declinedWithoutTheCounter() {
    hotDeal.open(Deal.of(DEAL, 5));
    for (String verb : List.of("release", "claim")) {
      gateway.answers(verb, new ChargeResult.Declined("no money"));
      faults.refuse(verb);
      assertThat(hotDeal.order(order(verb))).isEqualTo(new Declined("no money"));
    }
    assertThat(faults.calls("release")).as("none while the counter is down").isEqualTo(1);
  }

  @Test
  @DisplayName("reports what is in doubt in an unknown outcome, and the cause if there is one")
  void reasons() {
    hotDeal.open(Deal.of(DEAL, 5));
    gateway.answers("a", new ChargeResult.Unknown("silence"));
    assertThatThrownBy(() -> hotDeal.order(order("a")))
        .hasMessageContaining("payment in doubt")
        .hasNoCause();
    gateway.answers("b", new ChargeResult.Declined("no money"));
    faults.refuse("cancel");
    assertThatThrownBy(() -> hotDeal.order(order("b")))
        .hasMessageContaining("order b of deal deal is refused, but not yet cancelled")
        .cause()
        .hasMessageContaining("cancel refused");
  }

  @Test
  @DisplayName("does not send an order of an unknown deal to the log")
  void unknownDeal() {
    assertThat(hotDeal.order(order("a"))).isEqualTo(new UnknownDeal());
    assertThat(faults.calls("reserve")).isZero();
  }

  @Test
  @DisplayName("closes and purges a deal in the counter, too")
  void closesBoth() {
    hotDeal.open(Deal.of(DEAL, 5));
    hotDeal.order(order("a"));
    hotDeal.closeDeal(DEAL);
    assertThat(counter.stock(DEAL).orElseThrow().closed()).isTrue();
    hotDeal.purge(DEAL);
    assertThat(faults.calls("purge")).as("calls to log and counter").isEqualTo(2);
  }

  @Test
  @DisplayName("treats a first attempt as unclaimed only if the claim failed without effect")
  void whatMayBeClaimed() {
    assertThat(failureWhere("refuse", order("a").asFirstAttempt()))
        .isInstanceOf(NothingHappenedException.class);
    assertThat(failureWhere("refuse", order("b"))).isInstanceOf(OutcomeUnknownException.class);
    assertThat(failureWhere("lose", order("c").asFirstAttempt()))
        .isInstanceOf(OutcomeUnknownException.class);
  }

  private Throwable failureWhere(String fault, Order order) {
    faults.heal();
    try (HotDeal fresh = withoutCounter().counter(wrapped(StockCounter.class, counter)).build()) {
      fresh.open(Deal.of(DEAL, 5));
      faults.refuse("reserve");
      if (fault.equals("lose")) {
        faults.loseAnswers("claim");
      } else {
        faults.refuse("claim");
      }
      return catchThrowable(() -> fresh.order(order));
    }
  }

  @Test
  @DisplayName("sends one order as a probe to a log that failed, and refuses others meanwhile")
  void oneAsksTheLog() {
    hotDeal = withoutCounter().build();
    hotDeal.open(Deal.of(DEAL, 5));
    faults.refuse("reserve");
    assertThatThrownBy(() -> hotDeal.order(order("a")))
        .isInstanceOf(NothingHappenedException.class);
    CompletableFuture<OrderResult> asking = askSlowly("reserve");
    assertThatThrownBy(() -> hotDeal.order(order("c")))
        .isInstanceOf(NothingHappenedException.class)
        .hasMessageContaining("a moment ago");
    answers.countDown();
    assertThat(asking.join()).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("sends a failed counter no claims until a probe succeeds, however slow the probe is")
  void nobodyAsksTheCounter() {
    hotDeal.open(Deal.of(DEAL, 5));
    faults.refuse("claim");
    assertThat(hotDeal.order(order("a"))).isInstanceOf(Placed.class);
    faults.heal();
    faults.before("stock", this::awaitAnswers);
    nanos.addAndGet(Duration.ofMillis(250).toNanos());
    int claims = faults.calls("claim");
    assertThat(hotDeal.order(order("b"))).isInstanceOf(Placed.class);
    assertThat(hotDeal.order(order("c"))).isInstanceOf(Placed.class);
    assertThat(faults.calls("claim")).isEqualTo(claims);
    answers.countDown();
  }

  private CompletableFuture<OrderResult> askSlowly(String verb) {
    faults.heal();
    faults.before(verb, this::awaitAnswers);
    nanos.addAndGet(Duration.ofMillis(250).toNanos());
    return hotDeal.orderAsync(order("b"));
  }

  private void awaitAnswers() {
    try {
      answers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @DisplayName("clears the sold-out cache when the deal is restocked")
  void restocked() {
    hotDeal = withoutCounter().build();
    hotDeal.open(Deal.of(DEAL, 1));
    sellOut();
    hotDeal.restock(DEAL, 1, "op-1");
    assertThat(hotDeal.order(order("c").asFirstAttempt())).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("clears the sold-out cache when the deal is purged, and answers Closed")
  void purged() {
    hotDeal.open(Deal.of(DEAL, 1));
    sellOut();
    hotDeal.closeDeal(DEAL);
    hotDeal.purge(DEAL);
    assertThat(hotDeal.order(order("c").asFirstAttempt())).isEqualTo(new Closed());
  }

  @Test
  @DisplayName("clears the sold-out cache when it purges a deal that another process has closed")
  void purgedOnly() {
    hotDeal.open(Deal.of(DEAL, 1));
    sellOut();
    log.close(DEAL);
    hotDeal.purge(DEAL);
    assertThat(hotDeal.order(order("c").asFirstAttempt())).isEqualTo(new Closed());
  }

  @Test
  @DisplayName("clears the sold-out cache when the terms of the deal change")
  void changed() {
    hotDeal.open(Deal.of(DEAL, 1));
    sellOut();
    hotDeal.change(DEAL, DealChange.to(DealState.PAUSED));
    assertThat(hotDeal.order(order("c").asFirstAttempt())).isEqualTo(new Paused());
  }

  private void sellOut() {
    assertThat(hotDeal.order(order("a"))).isInstanceOf(Placed.class);
    assertThat(hotDeal.order(order("b").asFirstAttempt())).isEqualTo(new SoldOut(0));
  }

  @Test
  @DisplayName(
      "clears the sold-out cache when the log refuses the order that claimed the last unit")
  void refusedAfterSoldOut() {
    Order last = order("last").asFirstAttempt();
    Order meanwhile = Order.of("meanwhile", DEAL, "buyer-2", 1).asFirstAttempt();
    Order after = Order.of("after", DEAL, "buyer-3", 1).asFirstAttempt();
    hotDeal.open(Deal.of(DEAL, 2).withLimitPerBuyer(1));
    log.reserve(List.of(order("before")), OrderState.PAID);
    counter.restore(
        Deal.of(DEAL, 2).withLimitPerBuyer(1), 1, counter.stock(DEAL).orElseThrow().version());
    faults.before(
        "reserve",
        () -> {
          faults.heal();
          assertThat(hotDeal.order(meanwhile)).isEqualTo(new SoldOut(0));
        });
    assertThat(hotDeal.order(last)).isEqualTo(new LimitReached(1));
    assertThat(hotDeal.order(after)).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("fills the sold-out cache when the log answers SoldOut for an order with a claim")
  void soldOutByTheLog() {
    hotDeal.open(Deal.of(DEAL, 1));
    log.reserve(List.of(order("elsewhere")), OrderState.PAID);
    assertThat(hotDeal.order(order("a").asFirstAttempt())).isEqualTo(new SoldOut(0));
    int claims = faults.calls("claim");
    assertThat(hotDeal.order(order("b").asFirstAttempt())).isEqualTo(new SoldOut(0));
    assertThat(faults.calls("claim")).isEqualTo(claims);
  }

  @Test
  @DisplayName("fails to open a deal that the log does not know after its open call")
  void lostByTheLog() {
    OrderLog losing = Overriding.of(OrderLog.class, log, "tally", args -> Optional.empty());
    hotDeal = withoutCounter().log(losing).build();
    assertThatThrownBy(() -> hotDeal.open(Deal.of(DEAL, 1)))
        .isInstanceOf(UnknownDealException.class);
  }
}
