package io.hotdeal.contract;

import static io.hotdeal.contract.Crowd.THREADS;
import static io.hotdeal.contract.DealUnderTest.LONG;
import static io.hotdeal.contract.DealUnderTest.SHORT;
import static io.hotdeal.spi.OrderState.ABSENT;
import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.EXPIRED;
import static io.hotdeal.spi.OrderState.HELD;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static io.hotdeal.spi.OrderState.RETURNED;
import static io.hotdeal.spi.OrderState.RETURNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderQuery;
import io.hotdeal.Refusal.Conflict;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.ReserveResult.Already;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import io.hotdeal.spi.Tally.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of returned orders, a part of {@link OrderLogContract}. */
public abstract class ReturnContract extends HoldContract {

  private OrderLog log;
  private DealUnderTest deal;

  @Override
  protected abstract OrderLog log();

  @BeforeEach
  void freshDealOfReturns() {
    log = log();
    deal = DealUnderTest.fresh(log);
  }

  @AfterEach
  void returnsAreBalanced() {
    deal.assertBalanced();
  }

  @Nested
  @DisplayName("gives back")
  class GivesBack {

    @Test
    @DisplayName("a sold order's units to the deal, or writes them off, with a refund due or not")
    void toStockOrWrittenOff() {
      deal.open(20);
      long left = 20 - 1 - 2 - 3 - 4;
      Order[] orders = {
        deal.order("stock-due", 1),
        deal.order("stock", 2),
        deal.order("off-due", 3),
        deal.order("off", 4)
      };
      for (Order order : orders) {
        deal.sold(order);
      }
      for (Order order : orders) {
        boolean toStock = order.id().startsWith("stock");
        boolean refundDue = order.id().endsWith("due");
        OrderRecord sold = deal.row(order.id());
        left += toStock ? order.quantity() : 0;
        OrderSnapshot returned = deal.giveBack(order.id(), toStock, refundDue);
        assertThat(returned).isEqualTo(new OrderSnapshot(deal.row(order.id()), PAID, left));
        assertThat(returned.row())
            .isEqualTo(new OrderRecord(order, refundDue ? RETURNING : RETURNED, sold.recordedAt()));
        assertThat(deal.left()).isEqualTo(left);
      }
      Tally tally = deal.tally();
      assertThat(tally.quantity()).isEqualTo(20);
      assertThat(tally.left()).isEqualTo(13);
      assertThat(tally.writtenOff()).isEqualTo(7);
      assertThat(tally.paid()).isEqualTo(Count.NONE);
      assertThat(tally.count(RETURNING)).isEqualTo(new Count(2, 4));
      assertThat(tally.count(RETURNED)).isEqualTo(new Count(2, 6));
      assertThat(tally.returned()).isEqualTo(new Count(4, 10));
    }

    @Test
    @DisplayName("an order that was held, which keeps its deadline and its payment")
    void whatWasHeld() {
      deal.open(5);
      deal.held(deal.order("a", 2));
      OrderRecord sold = deal.pay("a", "pay-1").row();
      OrderRecord returned = deal.giveBack("a", true, true).row();
      assertThat(returned)
          .isEqualTo(
              new OrderRecord(sold.order(), RETURNING, sold.recordedAt(), sold.until(), "pay-1"));
      log.finishReturns(List.of(deal.order("a", 2)));
      assertThat(deal.row("a"))
          .isEqualTo(
              new OrderRecord(sold.order(), RETURNED, sold.recordedAt(), sold.until(), "pay-1"));
      assertThat(deal.reserve(deal.order("a", 2).withPayWithin(LONG)))
          .isEqualTo(new Already(RETURNED, sold.until(), 5));
    }

    @Test
    @DisplayName("an order once: a second return changes nothing, whatever it asks for")
    void once() {
      deal.open(9);
      for (String id : List.of("stock-due", "stock", "off-due", "off")) {
        deal.sold(deal.order(id, 2));
        deal.giveBack(id, id.startsWith("stock"), id.endsWith("due"));
        Tally tally = deal.tally();
        OrderRecord row = deal.row(id);
        for (boolean toStock : new boolean[] {true, false}) {
          for (boolean refundDue : new boolean[] {true, false}) {
            assertThat(deal.giveBack(id, toStock, refundDue))
                .as("%s, then to stock %s, refund due %s", id, toStock, refundDue)
                .isEqualTo(new OrderSnapshot(row, row.state(), tally.left()));
          }
        }
        assertThat(deal.tally()).isEqualTo(tally);
      }
    }

    @Test
    @DisplayName("an order once, also within one call")
    void onceWithinACall() {
      deal.open(9);
      deal.sold(deal.order("a", 2));
      deal.sold(deal.order("b", 3));
      List<Optional<OrderSnapshot>> results =
          log.giveBack(
              List.of(
                  new OrderReturn(deal.id(), "a", true, true),
                  new OrderReturn(deal.id(), "none", true, true),
                  new OrderReturn(deal.id(), "a", false, false),
                  new OrderReturn(deal.id(), "b", false, false)));
      assertThat(results.get(0).orElseThrow().before()).isEqualTo(PAID);
      assertThat(results.get(1)).isEmpty();
      assertThat(results.get(2).orElseThrow().before()).isEqualTo(RETURNING);
      assertThat(results.get(2).orElseThrow().row()).isEqualTo(deal.row("a"));
      assertThat(results.get(3).orElseThrow().before()).isEqualTo(PAID);
      assertThat(deal.state("a")).isEqualTo(RETURNING);
      assertThat(deal.state("b")).isEqualTo(RETURNED);
      assertThat(deal.left()).isEqualTo(6);
      assertThat(deal.tally().writtenOff()).isEqualTo(3);
    }

    @Test
    @DisplayName("only what is sold: orders in every other state remain, an unknown one is empty")
    void onlyPaid() {
      deal.open(9);
      deal.expired(deal.order("expired", 1));
      deal.reserved(deal.order("reserved", 1));
      deal.held(deal.order("held", 1));
      deal.reserved(deal.order("cancelled", 1));
      log.cancel(List.of(deal.order("cancelled", 1), deal.order("tombstone", 1)));
      Tally before = deal.tally();
      for (String id : List.of("expired", "reserved", "held", "cancelled", "tombstone")) {
        OrderRecord row = deal.row(id);
        assertThat(deal.giveBack(id, true, false))
            .as(id)
            .isEqualTo(new OrderSnapshot(row, row.state(), before.left()));
        assertThat(deal.row(id)).isEqualTo(row);
      }
      assertThat(deal.tally()).isEqualTo(before);
      assertThat(log.giveBack(List.of(new OrderReturn(deal.id(), "none", true, false))))
          .containsExactly(Optional.empty());
      assertThat(log.find(deal.id(), "none")).isEmpty();
      assertThat(log.giveBack(List.of(new OrderReturn(deal.id() + "-x", "held", true, false))))
          .containsExactly(Optional.empty());
    }

    @Test
    @DisplayName("nothing for an empty list")
    void emptyList() {
      assertThat(log.giveBack(List.of())).isEmpty();
      assertThat(log.finishReturns(List.of())).isEmpty();
    }

    @Test
    @DisplayName("the units to the buyer's limit too, once, whether they are on sale again or not")
    void toTheLimit() {
      log.open(deal.of(20).withLimitPerBuyer(3));
      for (String id : List.of("stock", "off")) {
        deal.sold(deal.order(id, id, 2));
        deal.sold(deal.order(id + "-more", id, 1));
        assertThat(deal.reserve(deal.order(id + "-b", id, 1))).isEqualTo(new LimitReached(3));
        for (int i = 0; i < 3; i++) {
          deal.giveBack(id, id.equals("stock"), true);
        }
        log.finishReturns(List.of(deal.order(id, id, 2)));
        assertThat(deal.reserve(deal.order(id + "-c", id, 3))).isEqualTo(new LimitReached(3));
        deal.reserved(deal.order(id + "-d", id, 2));
        assertThat(deal.reserve(deal.order(id + "-e", id, 1))).isEqualTo(new LimitReached(3));
      }
    }

    @Test
    @DisplayName("units that another buyer can have, never more than there are")
    void soldAgain() {
      deal.open(3);
      deal.sold(deal.order("a", "x", 2));
      deal.sold(deal.order("b", "x", 1));
      deal.giveBack("a", true, true);
      deal.giveBack("b", false, true);
      assertThat(deal.reserve(deal.order("c", "y", 3))).isEqualTo(new SoldOut(2));
      assertThat(deal.reserve(deal.order("d", "y", 2))).isEqualTo(new Reserved(0));
      assertThat(deal.reserve(deal.order("e", "y", 1))).isEqualTo(new SoldOut(0));
      log.confirm(List.of(deal.order("d", "y", 2)));
      deal.giveBack("d", true, false);
      deal.held(deal.order("f", "z", 2));
      assertThat(deal.left()).isZero();
    }

    @Test
    @DisplayName("orders of a closed deal too")
    void ofAClosedDeal() {
      deal.open(3);
      deal.sold(deal.order("a", 2));
      log.close(deal.id());
      assertThat(deal.giveBack("a", true, false).row().state()).isEqualTo(RETURNED);
      assertThat(deal.left()).isEqualTo(3);
    }
  }

  @Nested
  @DisplayName("keeps a returned order as it is:")
  class KeepsReturns {

    private final Map<String, OrderState> states =
        new TreeMap<>(Map.of("returned", RETURNED, "returning", RETURNING));

    @BeforeEach
    void returns() {
      deal.open(9);
      deal.sold(deal.order("returned", 2));
      deal.giveBack("returned", true, false);
      deal.held(deal.order("returning", 2));
      deal.pay("returning", "pay-1");
      deal.giveBack("returning", false, true);
    }

    @Test
    @DisplayName("a retry of it gets its state and takes nothing")
    void retried() {
      states.forEach(
          (id, state) -> {
            Already already = new Already(state, deal.row(id).until(), 7);
            assertThat(deal.reserve(deal.order(id, 2))).isEqualTo(already);
            assertThat(deal.reserve(deal.order(id, 2).withPayWithin(LONG))).isEqualTo(already);
            assertThat(log.reserve(List.of(deal.order(id, 2)), PAID)).containsExactly(already);
            assertThat(deal.reserve(deal.order(id, 1))).isEqualTo(new Conflict());
          });
      assertThat(deal.left()).isEqualTo(7);
    }

    @Test
    @DisplayName("nothing else changes it")
    void unchanged() {
      Tally before = deal.tally();
      states.forEach(
          (id, state) -> {
            OrderRecord row = deal.row(id);
            List<Order> order = List.of(deal.order(id, 2));
            assertThat(log.confirm(order)).containsExactly(state);
            assertThat(log.cancel(order)).containsExactly(state);
            assertThat(log.endHolds(order, CANCELLED)).containsExactly(state);
            assertThat(log.endHolds(order, EXPIRED)).containsExactly(state);
            OrderSnapshot same = new OrderSnapshot(row, state, 7);
            assertThat(deal.pay(id, "pay-2")).isEqualTo(same);
            assertThat(
                    log.extend(List.of(new HoldExtension(deal.id(), id, deal.clock().plus(LONG)))))
                .containsExactly(Optional.of(same));
            assertThat(deal.row(id)).isEqualTo(row);
          });
      assertThat(deal.left()).isEqualTo(before.left());
      assertThat(deal.tally().returned()).isEqualTo(before.returned());
      assertThat(log.paid(deal.id(), "", 10)).isEmpty();
      assertThat(log.overdueHolds(deal.id(), 10)).isEmpty();
    }

    @Test
    @DisplayName("a purge waits for its refund, and then leaves it")
    void purged() {
      deal.expired(deal.order("expired", 1));
      log.close(deal.id());
      assertThatThrownBy(() -> log.purge(deal.id()))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining("1 orders");
      assertThat(deal.state("expired")).isEqualTo(EXPIRED);
      log.finishReturns(List.of(deal.order("returning", 2)));
      assertThat(log.purge(deal.id())).isEqualTo(1);
      assertThat(deal.state("returned")).isEqualTo(RETURNED);
      assertThat(deal.reserve(deal.order("returning", 2)))
          .isEqualTo(new Already(RETURNED, deal.row("returning").until(), 7));
      assertThat(deal.tally().count(RETURNED)).isEqualTo(new Count(2, 4));
      assertThat(deal.tally().writtenOff()).isEqualTo(2);
    }

    @Test
    @DisplayName("a search finds it by its state")
    void found() {
      OrderQuery query = OrderQuery.ofDeal(deal.id());
      assertThat(log.orders(query.inStates(RETURNED))).containsExactly(deal.row("returned"));
      assertThat(log.orders(query.inStates(RETURNING))).containsExactly(deal.row("returning"));
      assertThat(log.orders(query.inStates(PAID))).isEmpty();
      assertThat(log.orders(query)).hasSize(2);
      assertThat(log.find(deal.id(), List.of("returning", "returned")))
          .containsExactly(Optional.of(deal.row("returning")), Optional.of(deal.row("returned")));
    }
  }

  @Nested
  @DisplayName("finishes returns:")
  class FinishesReturns {

    @Test
    @DisplayName("RETURNING becomes RETURNED, and no unit moves")
    void finished() {
      deal.open(9);
      deal.sold(deal.order("a", 2));
      deal.sold(deal.order("b", 3));
      deal.giveBack("a", true, true);
      deal.giveBack("b", false, true);
      List<Order> both = List.of(deal.order("a", 2), deal.order("b", 3), deal.order("a", 2));
      OrderRecord row = deal.row("a");
      for (int i = 0; i < 2; i++) {
        assertThat(log.finishReturns(both)).containsExactly(RETURNED, RETURNED, RETURNED);
        assertThat(deal.row("a"))
            .isEqualTo(new OrderRecord(row.order(), RETURNED, row.recordedAt()));
        assertThat(deal.left()).isEqualTo(6);
        assertThat(deal.tally().writtenOff()).isEqualTo(3);
        assertThat(deal.tally().count(RETURNED)).isEqualTo(new Count(2, 5));
        assertThat(deal.tally().count(RETURNING)).isEqualTo(Count.NONE);
      }
    }

    @Test
    @DisplayName("orders in every other state remain")
    void nothingElse() {
      deal.open(9);
      deal.expired(deal.order("expired", 1));
      deal.sold(deal.order("paid", 1));
      deal.reserved(deal.order("reserved", 1));
      deal.held(deal.order("held", 1));
      log.cancel(List.of(deal.order("cancelled", 1)));
      Tally before = deal.tally();
      List<Order> orders =
          List.of(
              deal.order("expired", 1),
              deal.order("paid", 1),
              deal.order("none", 1),
              deal.order("reserved", 1),
              deal.order("held", 1),
              deal.order("cancelled", 1));
      assertThat(log.finishReturns(orders))
          .containsExactly(EXPIRED, PAID, ABSENT, RESERVED, HELD, CANCELLED);
      assertThat(deal.tally()).isEqualTo(before);
      assertThat(log.finishReturns(List.of(Order.of("a", deal.id() + "-x", "buyer", 1))))
          .containsExactly(ABSENT);
    }

    @Test
    @DisplayName("no order whose buyer or quantity differs from the row")
    void notAnother() {
      deal.open(9);
      deal.sold(deal.order("a", "x", 2));
      deal.giveBack("a", true, true);
      assertThat(log.finishReturns(List.of(deal.order("a", "y", 2), deal.order("a", "x", 1))))
          .containsExactly(RETURNING, RETURNING);
      assertThat(deal.state("a")).isEqualTo(RETURNING);
    }

    @Test
    @DisplayName("those that are to be finished are listed, up to a limit")
    void listed() {
      deal.open(20);
      List<Order> orders =
          IntStream.range(0, 6).mapToObj(i -> deal.order("o-" + i, 1 + i % 2)).toList();
      log.reserve(orders, PAID);
      for (String id : List.of("o-4", "o-0", "o-2")) {
        deal.giveBack(id, true, true);
      }
      deal.giveBack("o-1", true, false);
      assertThat(log.returning(deal.id(), 10))
          .containsExactlyInAnyOrder(deal.row("o-0"), deal.row("o-2"), deal.row("o-4"));
      List<OrderRecord> all = log.returning(deal.id(), 3);
      assertThat(all).isEqualTo(log.returning(deal.id(), 10));
      assertThat(log.returning(deal.id(), 2)).isEqualTo(all.subList(0, 2));
      log.finishReturns(List.of(all.get(1).order()));
      assertThat(log.returning(deal.id(), 10)).containsExactly(all.get(0), all.get(2));
      assertThat(log.returning(deal.id() + "-x", 10)).isEmpty();
      assertThatThrownBy(() -> log.returning(deal.id(), 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0");
    }
  }

  @Nested
  @DisplayName("under concurrent returns")
  class ReturnRaces {

    @Test
    @DisplayName("gives each order back once, as the one that did it asked for")
    void once() {
      int orders = 48;
      log.open(deal.of(100).withLimitPerBuyer(1));
      List<Order> all = Crowd.orders(deal.id(), orders);
      log.reserve(all, PAID);
      List<OrderReturn> returns =
          IntStream.range(0, orders * 4)
              .mapToObj(
                  i ->
                      new OrderReturn(
                          deal.id(), "order-" + i % orders, i / orders % 2 == i % 2, i % 3 == 0))
              .toList();
      List<OrderSnapshot> results =
          Race.run(THREADS, returns, it -> log.giveBack(List.of(it)).get(0).orElseThrow());
      long toStock = 0;
      List<String> givenBack = new ArrayList<>();
      for (int i = 0; i < returns.size(); i++) {
        assertThat(results.get(i).row().state().isReturn()).isTrue();
        if (results.get(i).before() == PAID) {
          givenBack.add(returns.get(i).id());
          toStock += returns.get(i).toStock() ? 1 : 0;
        }
      }
      assertThat(givenBack)
          .containsExactlyInAnyOrderElementsOf(all.stream().map(Order::id).toList());
      Tally tally = deal.tally();
      assertThat(tally.returned()).isEqualTo(new Count(orders, orders));
      assertThat(tally.left()).isEqualTo(100 - orders + toStock);
      assertThat(tally.writtenOff()).isEqualTo(orders - toStock);
      List<Order> again =
          all.stream().map(it -> deal.order(it.id() + "-b", it.buyerId(), 1)).toList();
      assertThat(log.reserve(again, RESERVED)).allMatch(Reserved.class::isInstance);
    }

    @Test
    @DisplayName("sells no unit twice while returned units are bought, and refunds are finished")
    void boughtMeanwhile() {
      int units = 20;
      deal.open(units);
      List<Order> first = Crowd.orders(deal.id(), units);
      log.reserve(first, PAID);
      List<Runnable> calls = new ArrayList<>();
      for (Order order : first) {
        Order next = deal.order(order.id() + "-b", 1);
        calls.add(() -> log.giveBack(List.of(new OrderReturn(deal.id(), order.id(), true, true))));
        calls.add(() -> log.finishReturns(List.of(order)));
        calls.add(() -> log.reserve(List.of(next), PAID));
        calls.add(() -> deal.reserve(deal.order(order.id() + "-c", 1)));
        calls.add(() -> log.giveBack(List.of(new OrderReturn(deal.id(), next.id(), true, false))));
        calls.add(() -> deal.reserve(deal.order(order.id() + "-d", 1).withPayWithin(SHORT)));
        calls.add(
            () -> log.confirmHeld(List.of(new HoldPayment(deal.id(), order.id() + "-d", "pay"))));
      }
      Race.run(
          THREADS,
          calls,
          call -> {
            call.run();
            return true;
          });
      Tally tally = deal.tally();
      assertThat(tally.isBalanced()).as("%s", tally).isTrue();
      assertThat(tally.writtenOff()).isZero();
      assertThat(tally.sold()).isLessThanOrEqualTo(units);
      long left = tally.left();
      for (long i = 0; i < left; i++) {
        deal.sold(deal.order("rest-" + i, 1));
      }
      assertThat(deal.reserve(deal.order("one-more", 1))).isEqualTo(new SoldOut(0));
    }
  }
}
