package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotdeal.OrderResult.Declined;
import io.hotdeal.OrderResult.Placed;
import io.hotdeal.Refusal.Closed;
import io.hotdeal.Refusal.Conflict;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.NotYetOpen;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.contract.Crowd;
import io.hotdeal.contract.Race;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.ScriptedGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("HotDeal")
class HotDealTest {

  private static final String DEAL = "prod-001";

  private final FaultyStores faults = new FaultyStores();
  private StockCounter counter = new InMemoryStockCounter();
  private final OrderLog log = new InMemoryOrderLog();
  private final ScriptedGateway gateway = new ScriptedGateway();
  private final AtomicLong nanos = new AtomicLong();
  private HotDeal hotDeal = settings().build();

  private HotDealBuilder settings() {
    return HotDeal.builder()
        .counter(faults.wrap(StockCounter.class, counter))
        .log(faults.wrap(OrderLog.class, log))
        .payments(gateway)
        .chargeAttempts(3, Duration.ofMillis(1))
        .counterSlowCallThreshold(Duration.ofMinutes(10)) // a busy machine must not reach it
        .shutdownTimeout(Duration.ofSeconds(5))
        .ticker(nanos::get);
  }

  @AfterEach
  void tallyIsBalanced() {
    hotDeal.close();
    log.tally(DEAL).ifPresent(tally -> assertThat(tally.isBalanced()).as("%s", tally).isTrue());
  }

  /** Closes HotDeal, which completes the delayed settlements and releases, and reads the stock. */
  private Stock stockAfterClose() {
    hotDeal.close();
    return counter.stock(DEAL).orElseThrow();
  }

  private Tally tally() {
    return log.tally(DEAL).orElseThrow();
  }

  private static Order order(String id) {
    return Order.of(id, DEAL, "buyer-1", 1);
  }

  @Nested
  @DisplayName("sells")
  class Sells {

    @Test
    @DisplayName("exactly 1,000 units to 3,000 first attempts, and charges every sale once")
    void toFirstAttempts() {
      hotDeal.open(Deal.of(DEAL, 1000));
      List<Order> orders = Crowd.orders(DEAL, 3000).stream().map(Order::asFirstAttempt).toList();
      List<OrderResult> results = Race.run(150, orders, hotDeal::order);
      assertThat(results).filteredOn(Placed.class::isInstance).hasSize(1000);
      assertThat(results).filteredOn(new SoldOut(0)::equals).hasSize(2000);
      assertThat(
              results.stream().filter(Placed.class::isInstance).map(r -> ((Placed) r).remaining()))
          .doesNotHaveDuplicates();
      assertThat(gateway.charged).hasSize(1000).doesNotHaveDuplicates();
      assertThat(tally().paid()).isEqualTo(new Tally.Count(1000, 1000));
      assertThat(tally().left()).isZero();
      Stock stock = stockAfterClose();
      assertThat(stock.remaining()).isZero();
      assertThat(stock.settled()).isEqualTo(1000);
    }

    @Test
    @DisplayName(
        "exactly 1,000 units to 3,000 orders that may be retries, and charges every sale once")
    void toRetries() {
      hotDeal.open(Deal.of(DEAL, 1000));
      List<OrderResult> results = Race.run(150, Crowd.orders(DEAL, 3000), hotDeal::order);
      assertThat(results).filteredOn(Placed.class::isInstance).hasSize(1000);
      assertThat(results).filteredOn(new SoldOut(0)::equals).hasSize(2000);
      assertThat(gateway.charged).hasSize(1000).doesNotHaveDuplicates();
      hotDeal.close();
      // a retry without a claim may get the unit of an order that has one; that claim is then
      // released, and the counter offers its unit until it is reconciled
      Reconciler.of(counter, log).reconcile(DEAL);
      Stock stock = counter.stock(DEAL).orElseThrow();
      assertThat(stock.remaining()).isZero();
      assertThat(stock.claimed() + stock.settled()).isBetween(1L, 1000L);
    }

    @Test
    @DisplayName("restocked units at once, although its sold-out cache had the deal")
    void afterARestock() {
      hotDeal =
          HotDeal.builder()
              .log(log)
              .payments(gateway)
              .soldOutCacheTtl(Duration.ofMinutes(1))
              .ticker(nanos::get)
              .build();
      hotDeal.open(Deal.of(DEAL, 1));
      hotDeal.order(order("a"));
      Order late = order("b").asFirstAttempt();
      assertThat(hotDeal.order(late)).isInstanceOf(SoldOut.class);
      hotDeal.restock(DEAL, 1, "op-1");
      assertThat(hotDeal.order(late)).isEqualTo(new Placed(late, 0, false));
    }

    @Test
    @DisplayName("exactly 1,000 units to 3,000 orders without a counter")
    void withoutACounter() {
      hotDeal = HotDeal.builder().log(log).payments(gateway).build();
      hotDeal.open(Deal.of(DEAL, 1000));
      List<OrderResult> results = Race.run(150, Crowd.orders(DEAL, 3000), hotDeal::order);
      assertThat(results).filteredOn(Placed.class::isInstance).hasSize(1000);
      assertThat(results).filteredOn(new SoldOut(0)::equals).hasSize(2000);
      assertThat(tally().paid().units()).isEqualTo(1000);
    }

    @Test
    @DisplayName("an order in one write, without a confirm call, if no payment is due")
    void withoutPayment() {
      hotDeal = settings().payments(PaymentGateway.none()).build();
      hotDeal.open(Deal.of(DEAL, 5));
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 4, false));
      assertThat(tally().paid().orders()).isEqualTo(1);
      assertThat(faults.calls("confirm")).isZero();
    }

    @Test
    @DisplayName("exactly 100 units to 300 asynchronous orders")
    void asynchronously() {
      hotDeal.open(Deal.of(DEAL, 100));
      List<CompletableFuture<OrderResult>> results =
          Crowd.orders(DEAL, 300).stream().map(hotDeal::orderAsync).toList();
      CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new)).join();
      assertThat(results.stream().map(CompletableFuture::join).filter(Placed.class::isInstance))
          .hasSize(100);
    }

    @Test
    @DisplayName("exactly 100 units through two HotDeals over the same stores")
    void fromTwoHotDeals() {
      HotDeal other = settings().build();
      hotDeal.open(Deal.of(DEAL, 100));
      other.open(Deal.of(DEAL, 100));
      List<OrderResult> results =
          Race.run(
              64,
              Crowd.orders(DEAL, 300),
              o -> (o.id().hashCode() % 2 == 0 ? hotDeal : other).order(o));
      assertThat(results).filteredOn(Placed.class::isInstance).hasSize(100);
      other.close();
    }

    @Test
    @DisplayName("once per order id, and marks the result of a retry as replayed")
    void onceToRetries() {
      hotDeal.open(Deal.of(DEAL, 5));
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 4, false));
      assertThat(hotDeal.order(order("b"))).isEqualTo(new Placed(order("b"), 3, false));
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 3, true));
      assertThat(gateway.charged).containsExactly("a", "b");
      assertThat(tally().left()).isEqualTo(3);
    }
  }

  @Nested
  @DisplayName("refuses")
  class Refuses {

    @Test
    @DisplayName(
        "orders of an unknown, not yet open, ended or closed deal, or beyond the buyer's limit")
    void byTheTerms() {
      assertThat(hotDeal.order(order("a"))).isEqualTo(new UnknownDeal());
      Instant now = Instant.now();
      Deal early = Deal.of("early", 5).withWindow(now.plusSeconds(3600), Deal.NEVER);
      Deal over = Deal.of("over", 5).withWindow(Deal.ALWAYS, now.minusSeconds(3600));
      hotDeal.open(early);
      hotDeal.open(over);
      assertThat(hotDeal.order(Order.of("a", "early", "b", 1))).isEqualTo(new NotYetOpen());
      assertThat(hotDeal.order(Order.of("a", "over", "b", 1))).isEqualTo(new Closed());
      hotDeal.open(Deal.of(DEAL, 5).withLimitPerBuyer(1));
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Placed.class);
      assertThat(hotDeal.order(order("b"))).isEqualTo(new LimitReached(1));
      hotDeal.closeDeal(DEAL);
      assertThat(hotDeal.order(Order.of("c", DEAL, "buyer-2", 1))).isEqualTo(new Closed());
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 4, true));
      assertThat(tally().left()).isEqualTo(4);
    }

    @Test
    @DisplayName("a different order with an id that is already used")
    void conflicts() {
      hotDeal.open(Deal.of(DEAL, 5));
      hotDeal.order(order("a"));
      assertThat(hotDeal.order(Order.of("a", DEAL, "thief", 1))).isEqualTo(new Conflict());
      assertThat(hotDeal.order(Order.of("a", DEAL, "buyer-1", 2))).isEqualTo(new Conflict());
      assertThat(tally().left()).isEqualTo(4);
      assertThat(stockAfterClose().remaining()).isEqualTo(4);
    }

    @Test
    @DisplayName("an order for more units than are left, and returns how many are left")
    void tooMany() {
      hotDeal.open(Deal.of(DEAL, 3));
      assertThat(hotDeal.order(Order.of("a", DEAL, "b", 4).asFirstAttempt()))
          .isEqualTo(new SoldOut(3));
      assertThat(hotDeal.order(Order.of("b", DEAL, "b", 4))).isEqualTo(new SoldOut(3));
      assertThat(hotDeal.order(Order.of("c", DEAL, "b", 3))).isInstanceOf(Placed.class);
    }

    @Test
    @DisplayName(
        "first attempts from the sold-out cache until it expires, but sends retries to the stores")
    void fromTheCache() {
      hotDeal.open(Deal.of(DEAL, 1));
      hotDeal.order(order("a"));
      assertThat(hotDeal.order(hotDeal.newOrder(DEAL, "x", 1).asFirstAttempt()))
          .isEqualTo(new SoldOut(0));
      int claims = faults.calls("claim");
      int reserves = faults.calls("reserve");
      assertThat(hotDeal.order(hotDeal.newOrder(DEAL, "x", 1).asFirstAttempt()))
          .isEqualTo(new SoldOut(0));
      assertThat(faults.calls("claim")).isEqualTo(claims);
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 0, true));
      assertThat(faults.calls("claim")).isEqualTo(claims + 1);
      nanos.addAndGet(Duration.ofMillis(200).toNanos());
      assertThat(hotDeal.order(hotDeal.newOrder(DEAL, "x", 1).asFirstAttempt()))
          .isEqualTo(new SoldOut(0));
      assertThat(faults.calls("claim")).isEqualTo(claims + 2);
      assertThat(faults.calls("reserve")).isEqualTo(reserves + 1);
    }

    @Test
    @DisplayName("orders beyond maxInFlight, until another order has ended")
    void tooManyAtOnce() {
      ScriptedGateway silent = gateway;
      CompletableFuture<ChargeResult> never = new CompletableFuture<>();
      PaymentGateway hung =
          new PaymentGateway() {
            @Override
            public CompletableFuture<ChargeResult> charge(Order order) {
              return never;
            }

            @Override
            public CompletableFuture<ChargeResult> statusOrVoid(Order order) {
              return never;
            }

            @Override
            public CompletableFuture<?> refund(Order order) {
              return never;
            }
          };
      hotDeal = settings().payments(hung).maxInFlight(2).shutdownTimeout(Duration.ZERO).build();
      hotDeal.open(Deal.of(DEAL, 10));
      var first = hotDeal.orderAsync(order("a"));
      var second = hotDeal.orderAsync(order("b"));
      assertThatThrownBy(() -> hotDeal.order(order("c")))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("2");
      never.complete(new ChargeResult.Charged());
      assertThat(first.join()).isInstanceOf(Placed.class);
      assertThat(second.join()).isInstanceOf(Placed.class);
      assertThat(hotDeal.order(order("c"))).isInstanceOf(Placed.class);
      assertThat(silent.calls).isZero();
    }
  }

  @Nested
  @DisplayName("handles payments:")
  class Payments {

    @Test
    @DisplayName("a declined order is cancelled for good, and its unit is sold to another order")
    void declined() {
      hotDeal.open(Deal.of(DEAL, 1));
      gateway.answers("a", new ChargeResult.Declined("no funds"));
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Declined("no funds"));
      assertThat(log.find(DEAL, "a").orElseThrow().state()).isEqualTo(OrderState.CANCELLED);
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Declined.class);
      assertThat(hotDeal.order(order("b"))).isInstanceOf(Placed.class);
      assertThat(stockAfterClose().remaining()).isZero();
      assertThat(gateway.charged).containsExactly("b");
    }

    @Test
    @DisplayName("an unknown charge is repeated until its result is known, and is taken once")
    void unknownThenCharged() {
      hotDeal.open(Deal.of(DEAL, 1));
      gateway.answers("a", new ChargeResult.Unknown("time-out"), new ChargeResult.Unknown("again"));
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Placed.class);
      assertThat(gateway.calls).isEqualTo(3);
      assertThat(gateway.charged).containsExactly("a");
    }

    @Test
    @DisplayName("an order whose payment remains unknown stays RESERVED, and a retry completes it")
    void unknownForLong() {
      hotDeal.open(Deal.of(DEAL, 1));
      ChargeResult unknown = new ChargeResult.Unknown("time-out");
      gateway.answers("a", unknown, unknown, unknown);
      assertThatThrownBy(() -> hotDeal.order(order("a")))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("a")
          .hasMessageContaining("time-out");
      assertThat(log.find(DEAL, "a").orElseThrow().state()).isEqualTo(OrderState.RESERVED);
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 0, true));
    }

    @Test
    @DisplayName("an exception of the gateway is an unknown outcome, and the order stays RESERVED")
    void throwing() {
      hotDeal.open(Deal.of(DEAL, 1));
      gateway.beforeCharge =
          () -> {
            throw new IllegalStateException("gateway broke");
          };
      assertThatThrownBy(() -> hotDeal.order(order("a")))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("gateway broke");
      assertThat(tally().reserved().orders()).isEqualTo(1);
    }

    @Test
    @DisplayName("a charged order that was cancelled meanwhile is refunded, and its unit released")
    void cancelledMeanwhile() {
      hotDeal.open(Deal.of(DEAL, 1));
      gateway.beforeCharge = () -> log.cancel(List.of(order("a")));
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Declined.class);
      assertThat(gateway.refunded).containsExactly("a");
      assertThat(tally().left()).isEqualTo(1);
      assertThat(stockAfterClose().remaining()).isEqualTo(1);
    }

    @Test
    @DisplayName("a failed refund is repeated when the order is sent again")
    void refundedLater() {
      hotDeal.open(Deal.of(DEAL, 1));
      gateway.beforeCharge = () -> log.cancel(List.of(order("a")));
      gateway.refundsFail = true;
      assertThatThrownBy(() -> hotDeal.order(order("a")))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("refund");
      assertThat(gateway.refunded).isEmpty();
      gateway.refundsFail = false;
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Declined.class);
      assertThat(gateway.refunded).containsExactly("a");
      assertThat(stockAfterClose().remaining()).isEqualTo(1);
    }

    @Test
    @DisplayName("no answer within the payment time-out is an unknown outcome")
    void silentGateway() {
      PaymentGateway silent = PaymentGateway.blocking(o -> null, o -> null, o -> {}, task -> {});
      hotDeal =
          settings()
              .payments(silent)
              .paymentTimeout(Duration.ofMillis(1))
              .chargeAttempts(2, Duration.ofMillis(1))
              .maxInFlight(1)
              .build();
      hotDeal.open(Deal.of(DEAL, 3));
      for (String id : List.of("a", "b", "a")) {
        assertThatThrownBy(() -> hotDeal.order(order(id)))
            .isInstanceOf(OutcomeUnknownException.class)
            .hasMessageContaining("no answer within");
      }
      assertThat(tally().reserved().orders()).isEqualTo(2);
    }

    @Test
    @DisplayName(
        "a declined attempt returns Placed if another attempt of the order was paid meanwhile")
    void paidMeanwhile() {
      hotDeal.open(Deal.of(DEAL, 3));
      gateway.beforeCharge = () -> log.confirm(List.of(order("a")));
      gateway.answers("a", new ChargeResult.Declined("no funds"));
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 2, true));
    }
  }

  @Nested
  @DisplayName("handles failures of the counter:")
  class CounterFails {

    @Test
    @DisplayName("a counter that lost all data is restored with the units left in the log")
    void lostData() {
      hotDeal.open(Deal.of(DEAL, 10));
      IntStream.range(0, 4).forEach(i -> hotDeal.order(order("o" + i)));
      hotDeal.close();
      counter = new InMemoryStockCounter();
      hotDeal = settings().build();
      assertThat(hotDeal.order(order("o4"))).isEqualTo(new Placed(order("o4"), 5, false));
      assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(5);
      assertThat(hotDeal.order(order("o0"))).isEqualTo(new Placed(order("o0"), 5, true));
      assertThat(tally().left()).isEqualTo(5);
    }

    @Test
    @DisplayName("a new process opens a deal at an empty counter with the units left in the log")
    void reopened() {
      hotDeal.open(Deal.of(DEAL, 10));
      hotDeal.order(order("a"));
      counter = new InMemoryStockCounter();
      HotDeal restarted = settings().build();
      restarted.open(Deal.of(DEAL, 10));
      assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(9);
      restarted.close();
    }

    @Test
    @DisplayName("while the counter is down, orders bypass it, until a probe succeeds")
    void down() {
      CompletableFuture<HotDealListener.Store> closed = new CompletableFuture<>();
      hotDeal.close();
      hotDeal =
          settings()
              .listener(
                  new HotDealListener() {
                    @Override
                    public void breakerClosed(Store store) {
                      closed.complete(store);
                    }
                  })
              .build();
      hotDeal.open(Deal.of(DEAL, 10));
      faults.refuse("claim");
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Placed.class);
      int claims = faults.calls("claim");
      assertThat(hotDeal.order(order("b"))).isInstanceOf(Placed.class);
      assertThat(faults.calls("claim")).as("while the breaker is open").isEqualTo(claims);
      faults.heal();
      assertThat(hotDeal.order(order("c"))).isInstanceOf(Placed.class);
      assertThat(faults.calls("claim")).as("until a probe succeeds").isEqualTo(claims);
      nanos.addAndGet(Duration.ofMillis(250).toNanos());
      assertThat(closed).succeedsWithin(Duration.ofSeconds(30)); // reconciled first, then closed
      assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(7);
      assertThat(hotDeal.order(order("d"))).isInstanceOf(Placed.class);
      assertThat(faults.calls("claim")).isEqualTo(claims + 1);
      assertThat(tally().paid().orders()).isEqualTo(4);
    }

    /** Waits until HotDeal has reconciled the counter after orders bypassed it. */
    private void awaitRemaining(long units) {
      long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (counter.stock(DEAL).filter(it -> it.remaining() == units).isEmpty()) {
        assertThat(System.nanoTime()).as("%s units remain", units).isLessThan(giveUp);
        Thread.onSpinWait();
      }
    }

    @Test
    @DisplayName(
        "orders bypass a counter that fails claims but settles, as when its memory is full")
    void fullMemory() {
      hotDeal.open(Deal.of(DEAL, 10));
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Placed.class);
      faults.refuse("claim");
      assertThat(hotDeal.order(order("b"))).isInstanceOf(Placed.class);
      int claims = faults.calls("claim");
      long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (counter.stock(DEAL).orElseThrow().settled() == 0) {
        assertThat(System.nanoTime()).isLessThan(giveUp);
        Thread.onSpinWait();
      }
      for (String id : List.of("c", "d", "e")) {
        assertThat(hotDeal.order(order(id))).isInstanceOf(Placed.class);
      }
      assertThat(faults.calls("claim")).isEqualTo(claims);
    }

    @Test
    @DisplayName("with refuseWhenCounterIsDown, orders fail while it is down, and nothing happened")
    void refusing() {
      hotDeal = settings().refuseWhenCounterIsDown().build();
      hotDeal.open(Deal.of(DEAL, 10));
      faults.refuse("claim");
      for (String id : List.of("a", "b")) {
        assertThatThrownBy(() -> hotDeal.order(order(id)))
            .isInstanceOf(NothingHappenedException.class);
      }
      assertThat(tally().left()).isEqualTo(10);
    }

    @Test
    @DisplayName(
        "with refuseWhenCounterIsDown, to open or close a deal while it is down fails as unknown")
    void refusingAfterTheLog() {
      FaultyStores atTheCounter = new FaultyStores();
      hotDeal =
          settings()
              .counter(atTheCounter.wrap(StockCounter.class, counter))
              .refuseWhenCounterIsDown()
              .build();
      atTheCounter.refuse("open");
      assertThatThrownBy(() -> hotDeal.open(Deal.of(DEAL, 10)))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("deal " + DEAL + " was changed in the log, not in the counter");
      assertThat(tally().left()).isEqualTo(10);
      atTheCounter.heal();
      repeat(() -> hotDeal.open(Deal.of(DEAL, 10)));
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Placed.class);
      atTheCounter.refuse("change");
      assertThatThrownBy(() -> hotDeal.closeDeal(DEAL)).isInstanceOf(OutcomeUnknownException.class);
      assertThat(tally().closed()).isTrue();
      atTheCounter.heal();
      repeat(() -> hotDeal.closeDeal(DEAL));
      assertThat(counter.stock(DEAL).orElseThrow().closed()).isTrue();
    }

    /** Repeats a call until the circuit breaker lets it pass. */
    private void repeat(Runnable call) {
      await()
          .ignoreException(OutcomeUnknownException.class)
          .until(
              () -> {
                nanos.addAndGet(Duration.ofMillis(250).toNanos());
                call.run();
                return true;
              });
    }

    @Test
    @DisplayName("after a lost answer the claim remains, and the order is sold once")
    void lostAnswer() {
      hotDeal.open(Deal.of(DEAL, 10));
      faults.loseAnswers("claim");
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Placed.class);
      faults.heal();
      nanos.addAndGet(Duration.ofMillis(250).toNanos());
      long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (counter.stock(DEAL).orElseThrow().settled() == 0) { // once the counter is asked again
        assertThat(System.nanoTime()).isLessThan(giveUp);
        assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 9, true));
      }
      Stock stock = stockAfterClose();
      assertThat(stock.remaining()).isEqualTo(9);
      assertThat(stock.settled()).isEqualTo(1);
    }

    @Test
    @DisplayName(
        "if the counter offers too many units, the log refuses and the counter is corrected")
    void offersTooMany() {
      hotDeal.open(Deal.of(DEAL, 1));
      counter.restore(Deal.of(DEAL, 1), 2, counter.stock(DEAL).orElseThrow().version());
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Placed.class);
      assertThat(hotDeal.order(order("b"))).isEqualTo(new SoldOut(0));
      awaitRemaining(0);
      assertThat(counter.held(DEAL, 9)).doesNotContain(order("b"));
      assertThat(log.find(DEAL, "b")).isEmpty();
      log.restock(DEAL, 1, "op-1");
      assertThat(hotDeal.order(order("b"))).isEqualTo(new Placed(order("b"), 0, false));
    }

    @Test
    @DisplayName("if only the log answers NotYetOpen, the claim is released and no row is written")
    void aheadOfTheLog() {
      Deal soon = Deal.of(DEAL, 5).withWindow(Instant.now().plusSeconds(3600), Deal.NEVER);
      log.open(soon);
      counter.open(Deal.of(DEAL, 5));
      assertThat(hotDeal.order(order("a"))).isEqualTo(new NotYetOpen());
      assertThat(log.find(DEAL, "a")).isEmpty();
      assertThat(counter.claim(List.of(order("a"))))
          .containsExactly(new ClaimResult.Claimed(4, false));
    }

    @Test
    @DisplayName(
        "if the counter answers Conflict for an order that is PAID in the log, it is Placed")
    void conflictOfASale() {
      hotDeal.open(Deal.of(DEAL, 3));
      hotDeal.order(order("a"));
      hotDeal.close();
      counter = new InMemoryStockCounter();
      counter.open(Deal.of(DEAL, 3));
      counter.claim(List.of(Order.of("a", DEAL, "thief", 1)));
      hotDeal = settings().build();
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 2, true));
    }

    @Test
    @DisplayName(
        "if the executor rejects a task of the restore, the next order restores the counter")
    void restoreRejected() {
      hotDeal.open(Deal.of(DEAL, 5));
      hotDeal.close();
      counter = new InMemoryStockCounter();
      ExecutorService pool = Executors.newFixedThreadPool(4);
      AtomicInteger tasks = new AtomicInteger();
      try (HotDeal narrow =
          settings()
              .executor(
                  task -> {
                    if (tasks.incrementAndGet() == 2) {
                      throw new RejectedExecutionException("full");
                    }
                    pool.execute(task);
                  })
              .build()) {
        assertThat(narrow.order(order("a"))).isInstanceOf(Placed.class);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(narrow.order(order("b"))).isInstanceOf(Placed.class);
        assertThat(counter.stock(DEAL)).isPresent();
      } finally {
        pool.shutdownNow();
      }
    }

    @Test
    @DisplayName(
        "if the counter lost a sold order and has no units left, a retry still gets Placed")
    void lostASale() {
      hotDeal.open(Deal.of(DEAL, 1));
      hotDeal.order(order("a"));
      hotDeal.close();
      counter = new InMemoryStockCounter();
      hotDeal = settings().build();
      hotDeal.open(Deal.of(DEAL, 1));
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 0, true));
    }

    @Test
    @DisplayName("if the counter is down while a deal is opened, the deal is added to it later")
    void downAtOpen() {
      faults.refuse("restore");
      hotDeal.open(Deal.of(DEAL, 10));
      faults.heal();
      nanos.addAndGet(Duration.ofMillis(250).toNanos());
      assertThat(hotDeal.order(order("a"))).isInstanceOf(Placed.class);
      awaitRemaining(9);
    }
  }

  @Nested
  @DisplayName("handles failures of the log:")
  class LogFails {

    @Test
    @DisplayName("a failed reserve leaves at most a claim, and later orders are refused unclaimed")
    void refuses() {
      hotDeal.open(Deal.of(DEAL, 10));
      faults.refuse("reserve");
      assertThatThrownBy(() -> hotDeal.order(order("a")))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("claimed");
      int claims = faults.calls("claim");
      assertThatThrownBy(() -> hotDeal.order(order("b")))
          .isInstanceOf(NothingHappenedException.class);
      assertThat(faults.calls("claim")).isEqualTo(claims);
      faults.heal();
      nanos.addAndGet(Duration.ofMillis(250).toNanos());
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 9, false));
      assertThat(gateway.charged).containsExactly("a");
    }

    @Test
    @DisplayName("a failed reserve without a counter means that nothing happened")
    void refusesWithoutACounter() {
      hotDeal = HotDeal.builder().log(faults.wrap(OrderLog.class, log)).payments(gateway).build();
      hotDeal.open(Deal.of(DEAL, 10));
      faults.refuse("reserve");
      assertThatThrownBy(() -> hotDeal.order(order("a")))
          .isInstanceOf(NothingHappenedException.class);
      assertThat(tally().left()).isEqualTo(10);
    }

    @Test
    @DisplayName("an order that the counter refuses does not use up the probe of the log")
    void doesNotUseUpTheProbe() {
      hotDeal.open(Deal.of(DEAL, 10));
      hotDeal.open(Deal.of("sold-out", 1));
      assertThat(hotDeal.order(Order.of("a", "sold-out", "b", 1))).isInstanceOf(Placed.class);
      faults.refuse("reserve");
      assertThatThrownBy(() -> hotDeal.order(order("a")))
          .isInstanceOf(OutcomeUnknownException.class);
      faults.heal();
      nanos.addAndGet(Duration.ofMillis(250).toNanos());
      Order loser = Order.of("late", "sold-out", "c", 1).asFirstAttempt();
      assertThat(hotDeal.order(loser)).isEqualTo(new SoldOut(0));
      assertThat(hotDeal.order(order("b"))).isInstanceOf(Placed.class);
    }

    @Test
    @DisplayName("after a lost answer the outcome is unknown, and a retry finds the reservation")
    void losesItsAnswer() {
      hotDeal.open(Deal.of(DEAL, 10));
      faults.loseAnswers("reserve");
      assertThatThrownBy(() -> hotDeal.order(order("a")))
          .isInstanceOf(OutcomeUnknownException.class);
      assertThat(gateway.charged).isEmpty();
      faults.heal();
      nanos.addAndGet(Duration.ofMillis(250).toNanos());
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 9, true));
      assertThat(tally().left()).isEqualTo(9);
    }

    @Test
    @DisplayName("if confirm fails after the charge, the outcome is unknown, and a retry confirms")
    void failsAfterTheCharge() {
      hotDeal.open(Deal.of(DEAL, 10));
      faults.refuse("confirm");
      assertThatThrownBy(() -> hotDeal.order(order("a")))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("charged");
      faults.heal();
      nanos.addAndGet(Duration.ofMillis(250).toNanos());
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Placed(order("a"), 9, true));
      assertThat(gateway.charged).containsExactly("a");
    }

    @Test
    @DisplayName(
        "if a declined order cannot be cancelled, the outcome is unknown, and a retry cancels it")
    void cannotCancel() {
      hotDeal.open(Deal.of(DEAL, 10));
      gateway.answers("a", new ChargeResult.Declined("no funds"));
      faults.refuse("cancel");
      assertThatThrownBy(() -> hotDeal.order(order("a")))
          .isInstanceOf(OutcomeUnknownException.class);
      faults.heal();
      nanos.addAndGet(Duration.ofMillis(250).toNanos());
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Declined("no funds"));
      assertThat(tally().left()).isEqualTo(10);
    }
  }

  @Nested
  @DisplayName("closes")
  class Closes {

    @Test
    @DisplayName("for new orders, and completes those under way")
    void drains() {
      hotDeal.open(Deal.of(DEAL, 1000));
      List<CompletableFuture<OrderResult>> results =
          Crowd.orders(DEAL, 500).stream().map(hotDeal::orderAsync).toList();
      hotDeal.close();
      assertThat(results).allMatch(CompletableFuture::isDone);
      assertThat(results.stream().map(CompletableFuture::join)).allMatch(Placed.class::isInstance);
      assertThatThrownBy(() -> hotDeal.order(order("late")))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("closed");
    }

    @Test
    @DisplayName("only after an order whose future was cancelled by its caller")
    void cancelledByTheCaller() {
      hotDeal.open(Deal.of(DEAL, 10));
      CompletableFuture<OrderResult> result = hotDeal.orderAsync(order("a"));
      result.cancel(true);
      hotDeal.close();
      assertThat(tally().paid().orders()).isEqualTo(1);
    }

    @Test
    @DisplayName("after shutdownTimeout, and fails the orders still under way as unknown")
    void withinItsLimit() {
      CompletableFuture<ChargeResult> never = new CompletableFuture<>();
      PaymentGateway hung =
          PaymentGateway.blocking(
              order -> never.join(), order -> never.join(), order -> {}, task -> {});
      hotDeal = settings().payments(hung).shutdownTimeout(Duration.ofMillis(1)).build();
      hotDeal.open(Deal.of(DEAL, 10));
      var result = hotDeal.orderAsync(order("a"));
      hotDeal.close();
      assertThatThrownBy(result::join).hasCauseInstanceOf(OutcomeUnknownException.class);
    }
  }

  @Test
  @DisplayName("reports a missing setting by name, and an invalid one with its value and range")
  void settingsAreChecked() {
    assertThatThrownBy(() -> HotDeal.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("log");
    assertThatThrownBy(() -> HotDeal.builder().log(log).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gateway");
    assertThatThrownBy(() -> HotDeal.builder().maxBatch(0))
        .hasMessage("maxBatch 0 is not within 1 and 10000");
    assertThatThrownBy(() -> HotDeal.builder().soldOutCacheTtl(Duration.ofMinutes(2)))
        .hasMessage("soldOutCacheTtl PT2M is not within PT0S and PT1M");
  }
}
