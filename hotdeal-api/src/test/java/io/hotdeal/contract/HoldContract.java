package io.hotdeal.contract;

import static io.hotdeal.contract.Crowd.THREADS;
import static io.hotdeal.contract.Crowd.freshDealId;
import static io.hotdeal.spi.OrderState.ABSENT;
import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.EXPIRED;
import static io.hotdeal.spi.OrderState.HELD;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal.Conflict;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.ReserveResult;
import io.hotdeal.ReserveResult.Already;
import io.hotdeal.ReserveResult.Held;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import io.hotdeal.spi.Tally.Count;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of held orders, a part of {@link OrderLogContract}. */
public abstract class HoldContract extends OrderSearchContract {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(1);

  private OrderLog log;
  private String dealId;

  @Override
  protected abstract OrderLog log();

  @BeforeEach
  void freshDealOfHolds() {
    log = log();
    dealId = freshDealId();
  }

  @Nested
  @DisplayName("holds")
  class Holds {

    @Test
    @DisplayName("an order until its deadline, and takes its units")
    void until() {
      open(5);
      Instant before = clock();
      Held held = (Held) hold(order("a", 2).withPayWithin(LONG));
      assertThat(held.remaining()).isEqualTo(3);
      OrderRecord row = row("a");
      assertThat(row.state()).isEqualTo(HELD);
      assertThat(row.order()).isEqualTo(order("a", 2));
      assertThat(row.until()).isEqualTo(held.until()).isEqualTo(row.recordedAt().plus(LONG));
      assertThat(row.paymentId()).isNull();
      assertThat(row.recordedAt()).isAfterOrEqualTo(before);
      assertTally(3, 2, 0);
    }

    @Test
    @DisplayName("an order no longer than the deal's longest hold")
    void longest() {
      log.open(Deal.of(dealId, 5).withLongestHold(Duration.ofMinutes(1)));
      Held held = (Held) hold(order("a", 1).withPayWithin(LONG));
      assertThat(held.until()).isEqualTo(row("a").recordedAt().plus(Duration.ofMinutes(1)));
    }

    @Test
    @DisplayName("once per id: a retry gets the order's state and its deadline")
    void oncePerId() {
      open(5);
      Held held = (Held) hold(order("a", 2).withPayWithin(LONG));
      assertThat(hold(order("a", 2).withPayWithin(SHORT)))
          .isEqualTo(new Already(HELD, held.until(), 3));
      assertThat(hold(order("a", 2))).isEqualTo(new Already(HELD, held.until(), 3));
      assertThat(hold(order("a", 1).withPayWithin(LONG))).isEqualTo(new Conflict());
      hold(order("b", 1));
      assertThat(hold(order("b", 1).withPayWithin(LONG))).isEqualTo(new Already(RESERVED, 2));
    }

    @Test
    @DisplayName("orders beside others that are reserved or paid in the same call")
    void mixed() {
      open(5);
      List<ReserveResult> results =
          log.reserve(
              List.of(
                  order("a", 1),
                  order("b", 2).withPayWithin(LONG),
                  order("a", 1).withPayWithin(LONG),
                  order("b", 2),
                  order("c", 3).withPayWithin(LONG)),
              PAID);
      Instant until = row("b").until();
      assertThat(results)
          .containsExactly(
              new Reserved(4),
              new Held(until, 2),
              new Already(PAID, 2),
              new Already(HELD, until, 2),
              new SoldOut(2));
      assertThat(row("a").until()).isNull();
      assertThat(tally().paid()).isEqualTo(new Count(1, 1));
      assertTally(2, 2, 0);
    }

    @Test
    @DisplayName("orders that neither confirm nor cancel of a reserved one touches")
    void notReserved() {
      open(5);
      hold(order("a", 1).withPayWithin(SHORT));
      assertThat(log.confirm(List.of(order("a", 1)))).containsExactly(HELD);
      assertThat(log.cancel(List.of(order("a", 1)))).containsExactly(HELD);
      awaitOverdue(1);
      assertThat(log.unresolved(dealId, Duration.ZERO, 10)).isEmpty();
      assertThat(log.paid(dealId, "", 10)).isEmpty();
      log.endHolds(List.of(order("a", 1)), EXPIRED);
      assertThat(log.confirm(List.of(order("a", 1)))).containsExactly(EXPIRED);
      assertThat(log.cancel(List.of(order("a", 1)))).containsExactly(EXPIRED);
    }

    @Test
    @DisplayName("no order whose id was cancelled before: its tombstone answers every call")
    void tombstone() {
      open(5);
      assertThat(log.cancel(List.of(order("a", 2).withPayWithin(LONG)))).containsExactly(CANCELLED);
      assertThat(hold(order("a", 2).withPayWithin(LONG))).isEqualTo(new Already(CANCELLED, 5));
      OrderSnapshot standing = new OrderSnapshot(row("a"), CANCELLED, 5);
      assertThat(confirm("a", "pay-1")).isEqualTo(standing);
      assertThat(log.extend(List.of(new HoldExtension(dealId, "a", Instant.EPOCH))))
          .containsExactly(Optional.of(standing));
      assertThat(log.endHolds(List.of(order("a", 2)), CANCELLED)).containsExactly(CANCELLED);
      assertThat(row("a").until()).isNull();
      assertTally(5, 0, 0);
    }

    @Test
    @DisplayName("orders within the limit per buyer")
    void limit() {
      log.open(Deal.of(dealId, 9).withLimitPerBuyer(3));
      hold(order("a", "x", 2).withPayWithin(LONG));
      assertThat(hold(order("b", "x", 2).withPayWithin(LONG))).isEqualTo(new LimitReached(3));
      log.endHolds(List.of(order("a", "x", 2)), CANCELLED);
      assertThat(hold(order("c", "x", 3).withPayWithin(LONG))).isInstanceOf(Held.class);
    }

    @Test
    @DisplayName("and lists those whose deadline has passed, earliest first")
    void overdue() {
      open(9);
      hold(order("z", 1).withPayWithin(SHORT));
      awaitOverdue(1);
      hold(order("a", 1).withPayWithin(SHORT));
      awaitOverdue(2);
      hold(order("later", 1).withPayWithin(LONG));
      hold(order("reserved", 1));
      List<OrderRecord> overdue = log.overdueHolds(dealId, 10);
      assertThat(overdue).extracting(it -> it.order().id()).containsExactly("z", "a");
      assertThat(overdue.get(0)).isEqualTo(row("z"));
      assertThat(log.overdueHolds(dealId, 1)).hasSize(1);
      assertThat(log.overdueHolds(dealId + "-x", 1)).isEmpty();
      assertThatThrownBy(() -> log.overdueHolds(dealId, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0");
    }
  }

  @Nested
  @DisplayName("confirms holds:")
  class ConfirmsHolds {

    @Test
    @DisplayName("a held order is PAID, with its payment, for good")
    void held() {
      open(5);
      hold(order("a", 2).withPayWithin(LONG));
      OrderSnapshot paid = confirm("a", "pay-1");
      assertThat(paid.before()).isEqualTo(HELD);
      assertThat(paid.remaining()).isEqualTo(3);
      assertThat(paid.row()).isEqualTo(row("a"));
      assertThat(paid.row().state()).isEqualTo(PAID);
      assertThat(paid.row().paymentId()).isEqualTo("pay-1");
      assertThat(paid.row().until()).isNotNull();
      assertThat(confirm("a", "pay-1")).isEqualTo(new OrderSnapshot(paid.row(), PAID, 3));
      assertThat(log.endHolds(List.of(order("a", 2)), CANCELLED)).containsExactly(PAID);
      assertThat(tally().paid()).isEqualTo(new Count(1, 2));
      assertTally(3, 0, 0);
    }

    @Test
    @DisplayName("a second payment changes nothing")
    void second() {
      open(5);
      hold(order("a", 2).withPayWithin(LONG));
      confirm("a", "pay-1");
      assertThat(confirm("a", "pay-2").row().paymentId()).isEqualTo("pay-1");
      hold(order("b", 1).withPayWithin(LONG));
      List<Optional<OrderSnapshot>> both =
          log.confirmHeld(
              List.of(
                  new HoldPayment(dealId, "b", "pay-3"),
                  new HoldPayment(dealId, "b", "pay-4"),
                  new HoldPayment(dealId, "none", "pay-5"),
                  new HoldPayment(dealId, "b", "pay-3")));
      assertThat(both.get(0).orElseThrow().before()).isEqualTo(HELD);
      assertThat(both.get(1).orElseThrow().before()).isEqualTo(PAID);
      assertThat(both.get(1).orElseThrow().row().paymentId()).isEqualTo("pay-3");
      assertThat(both.get(2)).isEmpty();
      assertThat(both.get(3).orElseThrow().row()).isEqualTo(row("b"));
      assertThat(log.confirmHeld(List.of())).isEmpty();
    }

    @Test
    @DisplayName("an order that was paid without a payment id gets the first one that is named")
    void named() {
      open(5);
      hold(order("a", 2).withPayWithin(LONG));
      confirm("a", null);
      assertThat(row("a").paymentId()).isNull();
      assertThat(confirm("a", "pay-1").row().paymentId()).isEqualTo("pay-1");
      assertThat(confirm("a", "pay-2").row().paymentId()).isEqualTo("pay-1");
      assertThat(confirm("a", null).row().paymentId()).isEqualTo("pay-1");
    }

    @Test
    @DisplayName("an order whose deadline has passed is PAID, as long as its units are taken")
    void pastDeadline() {
      open(5);
      hold(order("a", 2).withPayWithin(SHORT));
      awaitOverdue(1);
      assertThat(confirm("a", "pay-1").row().state()).isEqualTo(PAID);
      assertTally(3, 0, 0);
    }

    @Test
    @DisplayName("an expired order takes its units again if they are left")
    void expired() {
      log.open(Deal.of(dealId, 5).withLimitPerBuyer(3));
      expire(order("a", "x", 2));
      hold(order("b", "x", 1).withPayWithin(LONG));
      OrderSnapshot paid = confirm("a", "pay-1");
      assertThat(paid.before()).isEqualTo(EXPIRED);
      assertThat(paid.row().state()).isEqualTo(PAID);
      assertThat(paid.remaining()).isEqualTo(2);
      assertTally(2, 1, 0);
      assertThat(hold(order("c", "x", 1))).isEqualTo(new LimitReached(3));
    }

    @Test
    @DisplayName("an expired order is CANCELLED if its units are sold, and stays so")
    void expiredAndSold() {
      open(3);
      expire(order("a", 2));
      hold(order("b", 2).withPayWithin(LONG));
      OrderSnapshot late = confirm("a", "pay-1");
      assertThat(late.before()).isEqualTo(EXPIRED);
      assertThat(late.row().state()).isEqualTo(CANCELLED);
      assertThat(late.row().paymentId()).isEqualTo("pay-1");
      log.endHolds(List.of(order("b", 2)), CANCELLED);
      assertThat(confirm("a", "pay-1")).isEqualTo(new OrderSnapshot(row("a"), CANCELLED, 3));
      assertThat(row("a").state()).isEqualTo(CANCELLED);
      assertTally(3, 0, 0);
    }

    @Test
    @DisplayName("an expired order is CANCELLED if its buyer's limit is used up")
    void expiredAndLimited() {
      log.open(Deal.of(dealId, 9).withLimitPerBuyer(2));
      expire(order("a", "x", 2));
      hold(order("b", "x", 1).withPayWithin(LONG));
      assertThat(confirm("a", "pay-1").row().state()).isEqualTo(CANCELLED);
      assertTally(8, 1, 0);
    }

    @Test
    @DisplayName("expired orders share what is left, in list order")
    void expiredTogether() {
      open(4);
      expire(order("a", "x", 2));
      expire(order("b", "y", 2));
      expire(order("c", "z", 1));
      hold(order("d", 1).withPayWithin(LONG));
      List<OrderState> states =
          log
              .confirmHeld(
                  List.of(
                      new HoldPayment(dealId, "c", "pay-1"),
                      new HoldPayment(dealId, "a", "pay-2"),
                      new HoldPayment(dealId, "d", "pay-3"),
                      new HoldPayment(dealId, "b", "pay-4"),
                      new HoldPayment(dealId, "b", "pay-5")))
              .stream()
              .map(it -> it.orElseThrow().row().state())
              .toList();
      assertThat(states).containsExactly(PAID, PAID, PAID, CANCELLED, CANCELLED);
      assertThat(row("b").paymentId()).isEqualTo("pay-4");
      assertTally(0, 0, 0);
    }

    @Test
    @DisplayName("an expired order of a closed deal is CANCELLED, a held one is PAID")
    void closed() {
      open(5);
      expire(order("a", 1));
      hold(order("b", 1).withPayWithin(LONG));
      log.close(dealId);
      assertThat(confirm("a", "pay-1").row().state()).isEqualTo(CANCELLED);
      assertThat(confirm("b", "pay-2").row().state()).isEqualTo(PAID);
      assertTally(4, 0, 0);
    }

    @Test
    @DisplayName("nothing happens to an order that was never held, nor to an unknown one")
    void neverHeld() {
      open(5);
      hold(order("a", 1));
      log.cancel(List.of(order("b", 1)));
      assertThat(confirm("a", "pay-1").row().state()).isEqualTo(RESERVED);
      assertThat(confirm("b", "pay-1").row().state()).isEqualTo(CANCELLED);
      log.confirm(List.of(order("a", 1)));
      assertThat(confirm("a", "pay-1").row().paymentId()).isNull();
      assertThat(log.confirmHeld(List.of(new HoldPayment(dealId, "c", "pay-1"))))
          .containsExactly(Optional.empty());
      assertThat(log.confirmHeld(List.of(new HoldPayment(dealId + "-x", "a", "pay-1"))))
          .containsExactly(Optional.empty());
    }
  }

  @Nested
  @DisplayName("extends holds:")
  class ExtendsHolds {

    @Test
    @DisplayName("the deadline becomes later, never earlier, and not too late")
    void later() {
      log.open(Deal.of(dealId, 5).withLongestHold(Duration.ofMinutes(60)));
      hold(order("a", 2).withPayWithin(LONG));
      Instant start = row("a").recordedAt().truncatedTo(ChronoUnit.MILLIS);
      Instant latest = row("a").recordedAt().plus(Duration.ofMinutes(60));
      assertThat(extend("a", start.plus(Duration.ofMinutes(20))))
          .isEqualTo(new OrderSnapshot(row("a"), HELD, 3));
      assertThat(row("a").until()).isEqualTo(start.plus(Duration.ofMinutes(20)));
      extend("a", start.plus(Duration.ofMinutes(15)));
      assertThat(row("a").until()).isEqualTo(start.plus(Duration.ofMinutes(20)));
      extend("a", start.plus(Duration.ofDays(9)));
      assertThat(row("a").until()).isEqualTo(latest);
      extend("a", Instant.EPOCH);
      assertThat(row("a").until()).isEqualTo(latest);
    }

    @Test
    @DisplayName("nothing happens to orders that are overdue, expired, paid, cancelled or not held")
    void notHeld() {
      open(9);
      expire(order("expired", 1));
      for (String id : List.of("overdue", "paid", "cancelled")) {
        hold(order(id, 1).withPayWithin(id.equals("overdue") ? SHORT : LONG));
      }
      hold(order("reserved", 1));
      confirm("paid", "pay-1");
      log.endHolds(List.of(order("cancelled", 1)), CANCELLED);
      awaitOverdue(1);
      for (String id : List.of("expired", "overdue", "paid", "cancelled", "reserved")) {
        OrderRecord row = row(id);
        OrderSnapshot after = extend(id, clock().plus(LONG));
        assertThat(after.row()).as(id).isEqualTo(row).isEqualTo(row(id));
        assertThat(after.before()).isEqualTo(row.state());
      }
      assertThat(log.extend(List.of(new HoldExtension(dealId, "none", clock()))))
          .containsExactly(Optional.empty());
      assertThat(log.extend(List.of())).isEmpty();
    }
  }

  @Nested
  @DisplayName("ends holds:")
  class EndsHolds {

    @Test
    @DisplayName("as EXPIRED only after the deadline, once, with the units given back")
    void expires() {
      open(5);
      hold(order("a", 2).withPayWithin(SHORT));
      hold(order("b", 1).withPayWithin(LONG));
      awaitOverdue(1);
      List<Order> all = List.of(order("a", 2), order("b", 1), order("none", 1), order("a", 2));
      assertThat(log.endHolds(all, EXPIRED)).containsExactly(EXPIRED, HELD, ABSENT, EXPIRED);
      assertThat(log.endHolds(all, EXPIRED)).containsExactly(EXPIRED, HELD, ABSENT, EXPIRED);
      assertThat(hold(order("a", 2).withPayWithin(LONG)))
          .isEqualTo(new Already(EXPIRED, row("a").until(), 4));
      assertThat(log.overdueHolds(dealId, 10)).isEmpty();
      assertTally(4, 1, 1);
      assertThat(log.endHolds(List.of(), EXPIRED)).isEmpty();
    }

    @Test
    @DisplayName("as CANCELLED whether overdue or not, and expired ones too, for good")
    void cancels() {
      log.open(Deal.of(dealId, 5).withLimitPerBuyer(2));
      expire(order("a", "x", 2));
      hold(order("b", "y", 2).withPayWithin(LONG));
      List<Order> all = List.of(order("b", "y", 2), order("a", "x", 2));
      assertThat(log.endHolds(all, CANCELLED)).containsExactly(CANCELLED, CANCELLED);
      assertThat(log.endHolds(all, EXPIRED)).containsExactly(CANCELLED, CANCELLED);
      assertThat(confirm("a", "pay-1").row().state()).isEqualTo(CANCELLED);
      assertThat(confirm("b", "pay-2").row().state()).isEqualTo(CANCELLED);
      assertTally(5, 0, 0);
      assertThat(tally().cancelled().orders()).isEqualTo(2);
      assertThat(hold(order("c", "y", 2).withPayWithin(LONG))).isInstanceOf(Held.class);
    }

    @Test
    @DisplayName("no order that is not held, and none with another buyer or quantity")
    void notHeld() {
      open(9);
      hold(order("reserved", 1));
      hold(order("held", "x", 2).withPayWithin(LONG));
      List<Order> all = List.of(order("reserved", 1), order("held", "x", 1), order("held", "y", 2));
      assertThat(log.endHolds(all, CANCELLED)).containsExactly(RESERVED, HELD, HELD);
      assertTally(6, 2, 0);
      for (OrderState state : List.of(PAID, RESERVED, HELD, ABSENT)) {
        assertThatThrownBy(() -> log.endHolds(List.of(), state))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(state.name());
      }
    }

    @Test
    @DisplayName("and a closed deal is purged only without held orders, of expired ones too")
    void purged() {
      open(5);
      expire(order("a", 1));
      hold(order("b", 1).withPayWithin(LONG));
      log.close(dealId);
      assertThatThrownBy(() -> log.purge(dealId)).hasMessageContaining("1 orders");
      log.endHolds(List.of(order("b", 1)), CANCELLED);
      assertThat(log.purge(dealId)).isEqualTo(2);
      assertThat(log.find(dealId, "a")).isEmpty();
      assertThat(log.confirmHeld(List.of(new HoldPayment(dealId, "a", "pay-1"))))
          .containsExactly(Optional.empty());
    }
  }

  @Nested
  @DisplayName("under concurrent calls on holds")
  class Races {

    @Test
    @DisplayName("gives each order one final state and one payment, and sells no unit twice")
    void oneFinalState() {
      int orders = 64;
      log.open(Deal.of(dealId, orders / 2));
      List<Order> all =
          IntStream.range(0, orders).mapToObj(i -> order("o" + i, 1).withPayWithin(SHORT)).toList();
      List<Integer> calls = IntStream.range(0, orders * 4).boxed().toList();
      Race.run(
          THREADS,
          calls,
          i -> {
            Order order = all.get(i % orders);
            switch (i / orders) {
              case 0 -> hold(order);
              case 1 -> log.endHolds(List.of(order), EXPIRED);
              default -> log.confirmHeld(List.of(new HoldPayment(dealId, order.id(), "pay-" + i)));
            }
            return true;
          });
      awaitOverdue(tally().held().orders());
      log.endHolds(all, EXPIRED);
      Tally tally = tally();
      assertThat(tally.isBalanced()).as("%s", tally).isTrue();
      assertThat(tally.held()).isEqualTo(Count.NONE);
      log.find(dealId, all.stream().map(Order::id).toList())
          .forEach(
              row ->
                  row.ifPresent(
                      it ->
                          assertThat(it.paymentId() != null)
                              .as("%s", it)
                              .isEqualTo(it.state().isFinal())));
    }
  }

  private void open(long quantity) {
    log.open(Deal.of(dealId, quantity));
  }

  private ReserveResult hold(Order order) {
    return log.reserve(List.of(order), RESERVED).get(0);
  }

  private void expire(Order order) {
    assertThat(hold(order.withPayWithin(SHORT))).isInstanceOf(Held.class);
    awaitOverdue(1);
    assertThat(log.endHolds(List.of(order), EXPIRED)).containsExactly(EXPIRED);
  }

  private OrderSnapshot confirm(String orderId, String paymentId) {
    return log.confirmHeld(List.of(new HoldPayment(dealId, orderId, paymentId)))
        .get(0)
        .orElseThrow();
  }

  private OrderSnapshot extend(String orderId, Instant until) {
    return log.extend(List.of(new HoldExtension(dealId, orderId, until))).get(0).orElseThrow();
  }

  private void awaitOverdue(long count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (log.overdueHolds(dealId, 100).size() < count) {
      assertThat(System.nanoTime()).as("holds overdue within 30 s").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** The log's time, as of some moment before this call: that of a row that is written for it. */
  private Instant clock() {
    Order probe = Order.of("clock-" + System.nanoTime(), dealId, "clock", 1);
    log.cancel(List.of(probe));
    return log.find(dealId, probe.id()).orElseThrow().recordedAt();
  }

  private OrderRecord row(String orderId) {
    return log.find(dealId, orderId).orElseThrow();
  }

  private Tally tally() {
    return log.tally(dealId).orElseThrow();
  }

  private void assertTally(long left, long heldUnits, long expiredOrders) {
    Tally tally = tally();
    assertThat(tally.isBalanced()).as("%s", tally).isTrue();
    assertThat(tally.left()).as("%s", tally).isEqualTo(left);
    assertThat(tally.held().units()).as("%s", tally).isEqualTo(heldUnits);
    assertThat(tally.expired().orders()).as("%s", tally).isEqualTo(expiredOrders);
  }

  private Order order(String id, long quantity) {
    return order(id, "buyer", quantity);
  }

  private Order order(String id, String buyerId, long quantity) {
    return Order.of(id, dealId, buyerId, quantity);
  }
}
