package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.HotDealListener.HoldCompleted;
import io.hotdeal.HotDealListener.HoldVerb;
import io.hotdeal.HotDealListener.OrderCompleted;
import io.hotdeal.OrderResult.Declined;
import io.hotdeal.OrderResult.Expired;
import io.hotdeal.OrderResult.Held;
import io.hotdeal.OrderResult.PaymentRefused;
import io.hotdeal.OrderResult.Placed;
import io.hotdeal.Refusal.Conflict;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.Refusal.UnknownOrder;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.Overriding;
import io.hotdeal.testkit.ScriptedGateway;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A held order")
class HoldTest {

  private static final String DEAL = "prod-001";
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MILLIS));
  private final FaultyStores faults = new FaultyStores();
  private final StockCounter counter = new InMemoryStockCounter(now::get);
  private final OrderLog log = new InMemoryOrderLog(now::get);
  private final ScriptedGateway gateway = new ScriptedGateway();
  private HotDeal hotDeal = settings().build();

  private HotDealBuilder settings() {
    return HotDeal.builder()
        .counter(faults.wrap(StockCounter.class, counter))
        .log(faults.wrap(OrderLog.class, log))
        .payments(gateway)
        .counterExecutor(Runnable::run) // the counter's deadlines are set before the clock moves
        .counterSlowCallThreshold(Duration.ofMinutes(10)) // a busy machine must not reach it
        .settleLinger(Duration.ZERO);
  }

  private void replace(HotDealBuilder settings) {
    hotDeal.close();
    hotDeal = settings.build();
  }

  @AfterEach
  void counterEqualsLog() {
    faults.heal();
    hotDeal.resolver().sweep(DEAL);
    hotDeal.close();
    log.tally(DEAL)
        .ifPresent(
            tally -> {
              assertThat(tally.isBalanced()).as("%s", tally).isTrue();
              Stock stock = counter.stock(DEAL).orElseThrow();
              assertThat(stock.remaining()).as("%s", tally).isEqualTo(tally.left());
            });
  }

  @Nested
  @DisplayName("is held:")
  class IsHeld {

    @Test
    @DisplayName("its units are taken until its deadline, and nobody is charged")
    void held() {
      open(1);
      assertThat(hold("a"))
          .isEqualTo(new Held(order("a").withPayWithin(TEN_MINUTES), in(TEN_MINUTES), 0, false));
      assertThat(hotDeal.order(order("b").asFirstAttempt())).isEqualTo(new SoldOut(0));
      assertThat(gateway.calls).isZero();
      assertThat(state("a")).isEqualTo(OrderState.HELD);
      assertThat(counter.stock(DEAL).orElseThrow().claimed()).isEqualTo(1);
    }

    @Test
    @DisplayName("once: a retry, and order() with its id, get the hold as it stands")
    void replayed() {
      open(5);
      hold("a");
      now.updateAndGet(it -> it.plusSeconds(60));
      Instant until = in(TEN_MINUTES.minusSeconds(60));
      assertThat(hold("a"))
          .isEqualTo(new Held(order("a").withPayWithin(TEN_MINUTES), until, 4, true));
      assertThat(hotDeal.order(order("a"))).isEqualTo(new Held(order("a"), until, 4, true));
      assertThat(gateway.charged).isEmpty();
    }

    @Test
    @DisplayName("also where no payment is due, as held and not as sold")
    void withoutGateway() {
      replace(settings().payments(PaymentGateway.none()));
      open(5);
      assertThat(hold("a")).isInstanceOf(Held.class);
      assertThat(hotDeal.order(order("b"))).isInstanceOf(Placed.class);
      assertThat(state("a")).isEqualTo(OrderState.HELD);
    }

    @Test
    @DisplayName("for a time within the limits, and by hold() only")
    void limits() {
      open(5);
      for (Duration wrong : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(31))) {
        assertThatThrownBy(() -> hotDeal.hold(order("a"), wrong))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(wrong.toString().substring(0, 2));
      }
      assertThatThrownBy(() -> hotDeal.order(order("a").withPayWithin(TEN_MINUTES)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("hold()");
    }
  }

  @Test
  @DisplayName(
      "that never reached the log keeps its claim for the deal's hold, not the time to pay")
  void lostBeforeTheLog() {
    open(1);
    faults.refuse("reserve");
    assertThatThrownBy(() -> hold("a")).isInstanceOf(OutcomeUnknownException.class);
    faults.heal();
    now.updateAndGet(it -> it.plus(Deal.DEFAULT_HOLD).plusMillis(1));
    assertThat(hotDeal.resolver().sweep(DEAL).cancelled()).isEqualTo(1);
    assertThat(hotDeal.order(order("b"))).isInstanceOf(Placed.class);
    assertThat(hold("a")).isInstanceOf(Declined.class);
    assertThat(confirm("a", "pay-1"))
        .isEqualTo(new PaymentRefused(order("a"), "pay-1", OrderState.CANCELLED, true));
    assertThat(hotDeal.extend(DEAL, "a", in(TEN_MINUTES))).isInstanceOf(Declined.class);
    assertThat(hotDeal.cancel(DEAL, "a", "")).isInstanceOf(Declined.class);
    assertThat(gateway.refundedPayments).containsExactly("pay-1");
  }

  @Nested
  @DisplayName("is confirmed:")
  class IsConfirmed {

    @Test
    @DisplayName("sold, by the ids alone and from another process, as often as it is reported")
    void sold() {
      open(5);
      hold("a");
      try (HotDeal other = settings().build()) {
        assertThat(other.confirm(DEAL, "a", "pay-1")).isEqualTo(new Placed(order("a"), 4, false));
      }
      assertThat(counter.stock(DEAL).orElseThrow().settled()).isEqualTo(1);
      assertThat(confirm("a", "pay-1")).isEqualTo(new Placed(order("a"), 4, true));
      assertThat(hold("a")).isEqualTo(new Placed(order("a").withPayWithin(TEN_MINUTES), 4, true));
      assertThat(gateway.refundedPayments).isEmpty();
      assertThat(counter.stock(DEAL).orElseThrow().settled()).isEqualTo(1);
    }

    @Test
    @DisplayName("a second payment is refunded, and the first stays")
    void secondPayment() {
      open(5);
      hold("a");
      confirm("a", "pay-1");
      PaymentRefused refused = new PaymentRefused(order("a"), "pay-2", OrderState.PAID, true);
      assertThat(confirm("a", "pay-2")).isEqualTo(refused);
      assertThat(confirm("a", "pay-2")).isEqualTo(refused);
      assertThat(confirm("a", "pay-1")).isInstanceOf(Placed.class);
      assertThat(gateway.refundedPayments).containsExactly("pay-2");
    }

    @Test
    @DisplayName("late, it takes its units again, at the counter too")
    void late() {
      open(2);
      expired("a");
      assertThat(confirm("a", "pay-1")).isEqualTo(new Placed(order("a"), 1, false));
      assertThat(counter.stock(DEAL).orElseThrow().settled()).isEqualTo(1);
      assertThat(hotDeal.order(order("b"))).isInstanceOf(Placed.class);
      assertThat(hotDeal.order(order("c").asFirstAttempt())).isEqualTo(new SoldOut(0));
      assertThat(faults.calls("reserve")).as("c was refused by the counter").isEqualTo(2);
    }

    @Test
    @DisplayName("late and sold out, it is refunded, and never sold for that payment")
    void tooLate() {
      open(1);
      expired("a");
      hotDeal.hold(order("b"), TEN_MINUTES);
      PaymentRefused refused = new PaymentRefused(order("a"), "pay-1", OrderState.CANCELLED, true);
      assertThat(confirm("a", "pay-1")).isEqualTo(refused);
      hotDeal.cancel(DEAL, "b", "changed my mind");
      assertThat(confirm("a", "pay-1")).isEqualTo(refused);
      assertThat(gateway.refundedPayments).containsExactly("pay-1");
      assertThat(hold("a")).isInstanceOf(Declined.class);
    }

    @Test
    @DisplayName("after a cancel, it is refunded")
    void afterCancel() {
      open(1);
      hold("a");
      hotDeal.cancel(DEAL, "a", "changed my mind");
      assertThat(confirm("a", "pay-1"))
          .isEqualTo(new PaymentRefused(order("a"), "pay-1", OrderState.CANCELLED, true));
    }

    @Test
    @DisplayName("while a refund is in doubt, the failure says so, and the next report decides")
    void refundInDoubt() {
      open(1);
      hold("a");
      confirm("a", "pay-1");
      gateway.refundsFail = true;
      assertThatThrownBy(() -> confirm("a", "pay-2"))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("refund is in doubt");
      gateway.refundsFail = false;
      assertThat(confirm("a", "pay-2")).isInstanceOf(PaymentRefused.class);
    }

    @Test
    @DisplayName("without a gateway, the result says that the shop has to refund")
    void withoutGateway() {
      replace(settings().payments(PaymentGateway.none()));
      open(1);
      hold("a");
      assertThat(confirm("a", "pay-1")).isInstanceOf(Placed.class);
      assertThat(confirm("a", "pay-2"))
          .isEqualTo(new PaymentRefused(order("a"), "pay-2", OrderState.PAID, false));
    }

    @Test
    @DisplayName("not if it is unknown or was never held, and nothing is refunded then")
    void notHeld() {
      open(5);
      hotDeal.order(order("b"));
      assertThat(confirm("a", "pay-1")).isEqualTo(new UnknownOrder());
      assertThat(confirm("b", "pay-1")).isEqualTo(new Conflict());
      assertThat(gateway.refundedPayments).isEmpty();
      assertThatThrownBy(() -> confirm("b", "no/id"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("payment id");
    }

    @Test
    @DisplayName("not if the log refuses the row: it is cancelled, and only then refunded")
    void refusedByTheLog() {
      replace(settings().log(refusingConfirms()));
      open(1);
      hold("a");
      assertThat(confirm("a", "pay-1"))
          .isEqualTo(new PaymentRefused(order("a"), "pay-1", OrderState.CANCELLED, true));
      assertThat(gateway.refundedPayments).containsExactly("pay-1");
      assertThat(log.tally(DEAL).orElseThrow().left()).isEqualTo(1);
    }

    @Test
    @DisplayName("repeatedly after lost answers, and is sold once")
    void lostAnswer() {
      open(5);
      hold("a");
      faults.loseAnswers("confirmHeld");
      assertThatThrownBy(() -> confirm("a", "pay-1")).isInstanceOf(OutcomeUnknownException.class);
      faults.heal();
      assertThat(confirm("a", "pay-1")).isEqualTo(new Placed(order("a"), 4, true));
    }
  }

  @Test
  @DisplayName("that the log refuses once, and cannot cancel, buys by a later report, unrefunded")
  void refusedOnce() {
    replace(settings().log(faults.wrap(OrderLog.class, refusingConfirms())));
    open(1);
    hold("a");
    faults.refuse("endHolds");
    assertThatThrownBy(() -> confirm("a", "pay-1")).isInstanceOf(HotDealException.class);
    assertThat(gateway.refundedPayments).isEmpty();
    faults.heal();
    replace(settings());
    assertThat(confirm("a", "pay-1")).isInstanceOf(Placed.class);
    assertThat(gateway.refundedPayments).isEmpty();
  }

  @Test
  @DisplayName("that has expired takes no unit at the counter when it is held or ordered again")
  void heldAgain() {
    open(1);
    expired("a");
    assertThat(hold("a")).isInstanceOf(Expired.class);
    assertThat(hotDeal.order(order("a"))).isInstanceOf(Expired.class);
    assertThat(counter.held(DEAL, 9)).isEmpty();
    assertThat(hotDeal.order(order("b").asFirstAttempt())).isInstanceOf(Placed.class);
  }

  @Nested
  @DisplayName("is extended:")
  class IsExtended {

    @Test
    @DisplayName("to the new deadline, in the log and at the counter")
    void extended() {
      open(5);
      hold("a");
      Instant later = in(Duration.ofMinutes(30));
      assertThat(hotDeal.extend(DEAL, "a", later)).isEqualTo(new Held(order("a"), later, 4, true));
      now.updateAndGet(it -> it.plus(TEN_MINUTES).plusMillis(1));
      hotDeal.resolver().sweep(DEAL); // moves the deadline of the claim, if extend() has not yet
      SweepReport report = hotDeal.resolver().sweep(DEAL);
      assertThat(report.foundNothing()).as("%s", report).isTrue();
      assertThat(state("a")).isEqualTo(OrderState.HELD);
    }

    @Test
    @DisplayName("not after its deadline, nor after its end")
    void tooLate() {
      open(5);
      expired("a");
      assertThat(hotDeal.extend(DEAL, "a", in(TEN_MINUTES))).isInstanceOf(Expired.class);
      hold("b");
      confirm("b", "pay-1");
      assertThat(hotDeal.extend(DEAL, "b", in(TEN_MINUTES)))
          .isEqualTo(new Placed(order("b"), 4, true));
      hold("c");
      hotDeal.cancel(DEAL, "c", "changed my mind");
      assertThat(hotDeal.extend(DEAL, "c", in(TEN_MINUTES))).isInstanceOf(Declined.class);
      assertThat(hotDeal.extend(DEAL, "none", in(TEN_MINUTES))).isEqualTo(new UnknownOrder());
      hotDeal.order(order("d"));
      assertThat(hotDeal.extend(DEAL, "d", in(TEN_MINUTES))).isEqualTo(new Conflict());
    }

    @Test
    @DisplayName("also while the counter is down, whose overdue claim then means nothing")
    void withoutCounter() {
      open(5);
      hold("a");
      faults.refuse("postpone");
      hotDeal.extend(DEAL, "a", in(Duration.ofMinutes(30)));
      now.updateAndGet(it -> it.plus(TEN_MINUTES).plusMillis(1));
      assertThat(counter.overdue(DEAL, 10)).hasSize(1);
      SweepReport report = hotDeal.resolver().sweep(DEAL);
      assertThat(report.isComplete()).as("%s", report).isTrue();
      assertThat(counter.held(DEAL, 10)).hasSize(1);
      assertThat(state("a")).isEqualTo(OrderState.HELD);
    }
  }

  @Nested
  @DisplayName("is cancelled:")
  class IsCancelled {

    @Test
    @DisplayName("for good, its payment voided and its units on sale again")
    void cancelled() {
      open(1);
      hold("a");
      assertThat(hotDeal.cancel(DEAL, "a", "changed my mind"))
          .isEqualTo(new Declined("changed my mind"));
      assertThat(hotDeal.cancel(DEAL, "a", "again")).isInstanceOf(Declined.class);
      assertThat(hotDeal.hold(order("b"), TEN_MINUTES)).isInstanceOf(Held.class);
      gateway.paid("a", "pay-1");
      assertThat(confirm("a", "pay-1")).isInstanceOf(PaymentRefused.class);
    }

    @Test
    @DisplayName("not if it is paid: then it is sold")
    void paid() {
      open(1);
      hold("a");
      gateway.paid("a", "pay-1");
      assertThat(hotDeal.cancel(DEAL, "a", "changed my mind"))
          .isEqualTo(new Placed(order("a"), 0, false));
      assertThat(hotDeal.cancel(DEAL, "a", "changed my mind"))
          .isEqualTo(new Placed(order("a"), 0, true));
      assertThat(confirm("a", "pay-1")).isInstanceOf(Placed.class);
      assertThat(confirm("a", "pay-2")).isInstanceOf(PaymentRefused.class);
    }

    @Test
    @DisplayName("without a gateway at once, because nobody else knows of payments")
    void withoutGateway() {
      replace(settings().payments(PaymentGateway.none()));
      open(1);
      hold("a");
      assertThat(hotDeal.cancel(DEAL, "a", "changed my mind"))
          .isEqualTo(new Declined("changed my mind"));
      assertThat(hotDeal.hold(order("b"), TEN_MINUTES)).isInstanceOf(Held.class);
    }

    @Test
    @DisplayName("not if it is sold meanwhile, nor if the log refuses it")
    void notCancelled() {
      open(2);
      hold("a");
      hold("b");
      faults.before(
          "endHolds", () -> log.confirmHeld(List.of(new HoldPayment(DEAL, "a", "pay-1"))));
      assertThat(hotDeal.cancel(DEAL, "a", "changed my mind"))
          .isEqualTo(new Placed(order("a"), 0, true));
      faults.heal();
      replace(
          settings()
              .log(
                  Overriding.of(
                      OrderLog.class, log, "endHolds", args -> List.of(OrderState.HELD))));
      assertThatThrownBy(() -> hotDeal.cancel(DEAL, "b", "changed my mind"))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("refuses");
      replace(settings());
    }

    @Test
    @DisplayName("not while its payment is in doubt")
    void inDoubt() {
      open(1);
      hold("a");
      gateway.statusUnknown = true;
      assertThatThrownBy(() -> hotDeal.cancel(DEAL, "a", "changed my mind"))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("in doubt");
      assertThat(state("a")).isEqualTo(OrderState.HELD);
      gateway.statusUnknown = false;
    }

    @Test
    @DisplayName("not if it is unknown or was never held; an expired one is cancelled for good")
    void others() {
      open(2);
      hotDeal.order(order("b"));
      expired("c");
      assertThat(hotDeal.cancel(DEAL, "a", "")).isEqualTo(new UnknownOrder());
      assertThat(hotDeal.cancel(DEAL, "b", "")).isEqualTo(new Conflict());
      assertThat(hotDeal.cancel(DEAL, "c", "")).isInstanceOf(Declined.class);
      assertThat(state("c")).isEqualTo(OrderState.CANCELLED);
    }
  }

  @Nested
  @DisplayName("is ended by the resolver after its deadline:")
  class Expires {

    @Test
    @DisplayName("unpaid, it is voided at the gateway, and its units are on sale again")
    void unpaid() {
      open(1);
      hold("a");
      assertThat(sweepAfter(TEN_MINUTES).expired()).isEqualTo(1);
      assertThat(state("a")).isEqualTo(OrderState.EXPIRED);
      assertThat(hold("a"))
          .isEqualTo(new Expired(order("a").withPayWithin(TEN_MINUTES), now.get().minusMillis(1)));
      gateway.paid("a", "pay-1");
      assertThat(gateway.statusOrVoid(order("a")).toCompletableFuture().join())
          .isInstanceOf(ChargeResult.Declined.class);
      assertThat(hotDeal.order(order("b"))).isInstanceOf(Placed.class);
    }

    @Test
    @DisplayName("paid, it is sold, and a late report of another payment is refunded")
    void paid() {
      open(1);
      hold("a");
      gateway.paid("a", "pay-1");
      assertThat(sweepAfter(TEN_MINUTES).confirmed()).isEqualTo(1);
      assertThat(confirm("a", "pay-1")).isEqualTo(new Placed(order("a"), 0, true));
      assertThat(confirm("a", "pay-2")).isInstanceOf(PaymentRefused.class);
    }

    @Test
    @DisplayName("not before it, and not while the gateway does not know")
    void notYet() {
      open(1);
      hold("a");
      SweepReport early = sweepAfter(TEN_MINUTES.minusSeconds(1));
      assertThat(early.foundNothing()).as("%s", early).isTrue();
      gateway.statusUnknown = true;
      assertThat(sweepAfter(Duration.ofSeconds(1)).unfinished()).isEqualTo(1);
      assertThat(state("a")).isEqualTo(OrderState.HELD);
      gateway.statusUnknown = false;
      assertThat(hotDeal.resolver().sweep(DEAL).expired()).isEqualTo(1);
    }

    @Test
    @DisplayName("and a gateway that does not know is asked for one page of holds per sweep")
    void silentGateway() {
      int orders = 300;
      open(orders);
      for (int i = 0; i < orders; i++) {
        hold("o" + i);
      }
      gateway.statusUnknown = true;
      SweepReport report = sweepAfter(TEN_MINUTES);
      assertThat(report.unfinished()).as("%s", report).isEqualTo(128);
      gateway.statusUnknown = false;
      assertThat(hotDeal.resolver().sweep(DEAL).expired()).isEqualTo(orders);
    }

    @Test
    @DisplayName("without a gateway it is never sold by itself")
    void withoutGateway() {
      replace(settings().payments(PaymentGateway.none()));
      open(1);
      hold("a");
      assertThat(sweepAfter(TEN_MINUTES).expired()).isEqualTo(1);
      assertThat(log.tally(DEAL).orElseThrow().paid().orders()).isZero();
    }

    @Test
    @DisplayName("paid, and not if the log refuses the row: it is refunded and cancelled")
    void refusedByTheLog() {
      replace(settings().log(refusingConfirms()));
      open(1);
      hold("a");
      gateway.paid("a", "pay-1");
      gateway.refundsFail = true;
      assertThat(sweepAfter(TEN_MINUTES).unfinished()).isEqualTo(1);
      assertThat(state("a")).as("excluded before it is refunded").isEqualTo(OrderState.CANCELLED);
      gateway.refundsFail = false;
      assertThat(hotDeal.resolver().sweep(DEAL).released()).isEqualTo(1);
      assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(1);
    }

    @Test
    @DisplayName("paid on a page or by a charge, and refused by the log: that payment is refunded")
    void refunded() {
      replace(settings().log(refusingConfirms()));
      open(2);
      hold("a");
      hold("b");
      gateway.paid("a", "pay-1");
      gateway.charge(order("b"));
      SweepReport report = sweepAfter(TEN_MINUTES);
      assertThat(report.isComplete()).as("%s", report).isTrue();
      assertThat(report.cancelled()).as("%s", report).isEqualTo(2);
      assertThat(gateway.refundedPayments).containsExactly("pay-1");
      assertThat(gateway.refunded).containsExactly("b");
      assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(2);
    }

    @Test
    @DisplayName("paid, it is sold if a report of its payment is accepted after the log refused it")
    void soldMeanwhile() {
      replace(settings().log(faults.wrap(OrderLog.class, refusingConfirms())));
      open(1);
      hold("a");
      gateway.paid("a", "pay-1");
      faults.before(
          "endHolds", () -> log.confirmHeld(List.of(new HoldPayment(DEAL, "a", "pay-1"))));
      SweepReport report = sweepAfter(TEN_MINUTES);
      assertThat(report.settled()).as("%s", report).isEqualTo(1);
      assertThat(gateway.refundedPayments).isEmpty();
      assertThat(counter.stock(DEAL).orElseThrow().settled()).isEqualTo(1);
    }

    @Test
    @DisplayName("page after page, as long as some of a page can be ended")
    void someUnknown() {
      PaymentGateway partlySilent =
          Overriding.of(
              PaymentGateway.class,
              gateway,
              "statusOrVoid",
              args ->
                  ((Order) args[0]).id().startsWith("unknown")
                      ? CompletableFuture.completedFuture(new ChargeResult.Unknown("by the test"))
                      : gateway.statusOrVoid((Order) args[0]));
      replace(settings().payments(partlySilent));
      open(300);
      IntStream.range(0, 100).forEach(i -> hold("unknown" + i));
      IntStream.range(0, 200).forEach(i -> hold("o" + i));
      SweepReport report = sweepAfter(TEN_MINUTES);
      assertThat(report.expired()).as("%s", report).isEqualTo(200);
      assertThat(report.unfinished()).as("%s", report).isEqualTo(100);
      replace(settings());
    }

    @Test
    @DisplayName("not if it is confirmed, cancelled or extended while the gateway is asked")
    void meanwhile() {
      open(9);
      hold("paid");
      hold("cancelled");
      hold("extended");
      faults.before(
          "endHolds",
          () -> {
            log.confirmHeld(List.of(new HoldPayment(DEAL, "paid", "pay-1")));
            log.endHolds(List.of(order("cancelled")), OrderState.CANCELLED);
            now.updateAndGet(it -> it.minusSeconds(60));
          });
      SweepReport report = sweepAfter(TEN_MINUTES);
      faults.heal();
      assertThat(report.expired()).as("%s", report).isZero();
      assertThat(report.settled()).as("%s", report).isEqualTo(1);
      assertThat(report.released()).as("%s", report).isEqualTo(1);
      assertThat(state("extended")).isEqualTo(OrderState.HELD);
    }

    @Test
    @DisplayName("also if the counter forgot it, and thousands of others with it")
    void many() {
      int orders = 3_000;
      open(orders);
      CompletableFuture<?>[] held =
          IntStream.range(0, orders)
              .mapToObj(i -> hotDeal.holdAsync(order("o" + i), TEN_MINUTES))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(held).join();
      counter.close(DEAL);
      counter.purge(DEAL);
      assertThat(sweepAfter(TEN_MINUTES).expired()).isEqualTo(orders);
      assertThat(log.tally(DEAL).orElseThrow().left()).isEqualTo(orders);
    }
  }

  @Nested
  @DisplayName("has ended, and its claim is still held, not overdue:")
  class ClaimLeft {

    @Test
    @DisplayName("cancelled by a process that died before the release, it is released by a sweep")
    void cancelled() {
      open(1);
      hold("a");
      log.endHolds(List.of(order("a")), OrderState.CANCELLED);
      expectReleased(hotDeal.resolver().sweep(DEAL));
    }

    @Test
    @DisplayName("cancelled during an extension, whose claim then lasts 30 days, it is, too")
    void extendedAfterwards() {
      open(1);
      hold("a");
      log.endHolds(List.of(order("a")), OrderState.CANCELLED);
      counter.postpone(List.of(order("a").withPayWithin(Duration.ofDays(30))));
      expectReleased(hotDeal.resolver().sweep(DEAL));
    }

    @Test
    @DisplayName("cancelled before it was refunded, it is refunded before it is released")
    void paid() {
      open(1);
      hold("a");
      gateway.paid("a", "pay-1");
      log.endHolds(List.of(order("a")), OrderState.CANCELLED);
      gateway.refundsFail = true;
      assertThat(hotDeal.resolver().sweep(DEAL).unfinished()).isEqualTo(1);
      assertThat(counter.held(DEAL, 9)).hasSize(1);
      gateway.refundsFail = false;
      expectReleased(hotDeal.resolver().sweep(DEAL));
      assertThat(gateway.refunded).containsExactly("a");
    }

    @Test
    @DisplayName("expired by a process that died before the release, it is released by a sweep")
    void expired() {
      open(1);
      hold("a");
      now.updateAndGet(it -> it.plus(Duration.ofMinutes(5)));
      hotDeal.extend(DEAL, "a", in(TEN_MINUTES));
      now.updateAndGet(it -> it.plus(TEN_MINUTES).plusMillis(1));
      log.endHolds(List.of(order("a")), OrderState.EXPIRED);
      assertThat(counter.overdue(DEAL, 9)).isEmpty();
      expectReleased(hotDeal.resolver().sweep(DEAL));
    }

    private void expectReleased(SweepReport report) {
      assertThat(report.claims()).as("%s", report).isEqualTo(1);
      assertThat(report.released()).as("%s", report).isEqualTo(1);
      assertThat(report.isComplete()).as("%s", report).isTrue();
      assertThat(counter.held(DEAL, 9)).isEmpty();
      assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("whose claim was not postponed costs a sweep no larger pages, however many they are")
  void postponementsLost() {
    List<Object> limits = new ArrayList<>();
    StockCounter watched =
        Overriding.of(
            StockCounter.class,
            counter,
            "overdue",
            args -> {
              limits.add(args[1]);
              return counter.overdue((String) args[0], (int) args[1]);
            });
    replace(settings().counter(watched));
    open(1_000);
    List<Order> orders = IntStream.range(0, 1_000).mapToObj(i -> order("o" + i)).toList();
    counter.claim(orders);
    log.reserve(
        orders.stream().map(it -> it.withPayWithin(TEN_MINUTES)).toList(), OrderState.RESERVED);
    SweepReport report = sweepAfter(Deal.DEFAULT_HOLD);
    assertThat(report.isComplete()).as("%s", report).isTrue();
    assertThat(counter.overdue(DEAL, 9)).isEmpty();
    assertThat(limits).hasSize(9).containsOnly(128);
  }

  @Test
  @DisplayName("is found by its id, by its buyer and by its state")
  void found() {
    open(5);
    hold("a");
    hotDeal.order(order("b"));
    assertThat(hotDeal.find(DEAL, "a").orElseThrow().until()).isEqualTo(in(TEN_MINUTES));
    assertThat(hotDeal.find(DEAL, "none")).isEmpty();
    OrderQuery held = OrderQuery.ofDeal(DEAL).inStates(OrderState.HELD);
    assertThat(hotDeal.orders(held)).extracting(OrderRecord::order).containsExactly(order("a"));
    assertThat(hotDeal.orders(OrderQuery.ofBuyer("buyer-b")))
        .extracting(OrderRecord::order)
        .containsExactly(order("b"));
  }

  @Test
  @DisplayName("is reported to listeners at every step")
  void events() {
    List<Object> heard = new ArrayList<>();
    replace(
        settings()
            .listener(
                new HotDealListener() {
                  @Override
                  public void orderCompleted(OrderCompleted event) {
                    heard.add(event.result());
                  }

                  @Override
                  public void holdCompleted(HoldCompleted event) {
                    heard.add(event.verb());
                    heard.add(event.dealId() + "/" + event.orderId());
                    heard.add(event.result());
                  }
                }));
    open(5);
    List<Object> expected =
        List.of(
            hold("a"),
            HoldVerb.EXTEND,
            DEAL + "/a",
            hotDeal.extendAsync(DEAL, "a", in(TEN_MINUTES.plusMinutes(1))).join(),
            HoldVerb.CONFIRM,
            DEAL + "/a",
            hotDeal.confirmAsync(DEAL, "a", "pay-1").join(),
            HoldVerb.CANCEL,
            DEAL + "/b",
            hotDeal.cancelAsync(DEAL, "b", "").join());
    assertThat(heard).isEqualTo(expected);
  }

  private void open(long quantity) {
    hotDeal.open(Deal.of(DEAL, quantity));
  }

  private OrderResult hold(String id) {
    return hotDeal.hold(order(id), TEN_MINUTES);
  }

  private OrderResult confirm(String id, String paymentId) {
    return hotDeal.confirm(DEAL, id, paymentId);
  }

  /** A log that refuses PAID for every held row: it answers with the row as it stands. */
  private OrderLog refusingConfirms() {
    return Overriding.of(
        OrderLog.class,
        log,
        "confirmHeld",
        args ->
            log.extend(
                ((List<?>) args[0])
                    .stream()
                        .map(it -> new HoldExtension(DEAL, ((OrderKey) it).id(), Instant.EPOCH))
                        .toList()));
  }

  private void expired(String id) {
    hold(id);
    assertThat(sweepAfter(TEN_MINUTES).expired()).isEqualTo(1);
  }

  private SweepReport sweepAfter(Duration time) {
    now.updateAndGet(it -> it.plus(time).plusMillis(1));
    return hotDeal.resolver().sweep(DEAL);
  }

  private Instant in(Duration time) {
    return now.get().plus(time);
  }

  private OrderState state(String id) {
    return log.find(DEAL, id).map(OrderRecord::state).orElse(OrderState.ABSENT);
  }

  private static Order order(String id) {
    return Order.of(id, DEAL, "buyer-" + id, 1);
  }
}
