package io.hotdeal.contract;

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
import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.DealState;
import io.hotdeal.Order;
import io.hotdeal.OrderKey;
import io.hotdeal.Refusal.Closed;
import io.hotdeal.Refusal.Conflict;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.NotYetOpen;
import io.hotdeal.Refusal.Paused;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.ReserveResult;
import io.hotdeal.ReserveResult.Already;
import io.hotdeal.ReserveResult.Held;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.UnknownDealException;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.PartialFailureException;
import io.hotdeal.spi.Tally;
import io.hotdeal.spi.Tally.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of calls of several deals, a part of {@link OrderLogContract}. */
public abstract class MixedDealsContract extends OutboxContract {

  DealsUnderTest deals;
  DealUnderTest a;
  DealUnderTest b;
  DealUnderTest c;
  DealUnderTest unopened;

  private OrderLog log;

  @Override
  protected abstract OrderLog log();

  /**
   * The log as another process has it, which shares nothing with {@link #log} but the store. The
   * same log where there can be only one.
   */
  protected OrderLog anotherLog() {
    return log();
  }

  @BeforeEach
  void freshDealsOfOneCall() {
    log = log();
    deals = new DealsUnderTest(log);
    a = deals.fresh();
    b = deals.fresh();
    c = deals.fresh();
    unopened = deals.fresh();
  }

  @AfterEach
  void dealsOfOneCallAreBalanced() {
    deals.assertBalanced();
  }

  @Nested
  @DisplayName("reserves orders of several deals in one call:")
  class ReservesOfSeveralDeals {

    @ParameterizedTest(name = "as {0}")
    @EnumSource(names = {"RESERVED", "PAID", "HELD"})
    @DisplayName("those of each deal in list order, with what is left of that deal after each")
    void inListOrder(OrderState as) {
      a.open(10);
      b.open(20);
      c.open(30);
      List<Order> orders =
          List.of(
              a.order("a1", 1),
              b.order("b1", 2),
              c.order("c1", 3),
              a.order("a2", 3),
              c.order("c2", 4),
              b.order("b2", 5),
              a.order("a3", 2));
      assertThat(deals.reserve(orders, as))
          .containsExactly(
              taken(a, "a1", 9),
              taken(b, "b1", 18),
              taken(c, "c1", 27),
              taken(a, "a2", 6),
              taken(c, "c2", 23),
              taken(b, "b2", 13),
              taken(a, "a3", 4));
      assertRows(orders, as);
      assertTally(a, 4, as, new Count(3, 6));
      assertTally(b, 13, as, new Count(2, 7));
      assertTally(c, 23, as, new Count(2, 7));
    }

    @ParameterizedTest(name = "as {0}")
    @EnumSource(names = {"RESERVED", "PAID", "HELD"})
    @DisplayName("what one of the deals refuses changes nothing for the others")
    void refusals(OrderState as) {
      DealUnderTest scarce = b;
      DealUnderTest limited = c;
      a.open(10);
      scarce.open(3);
      log.open(limited.of(9).withLimitPerBuyer(2));
      DealUnderTest closed = deals.fresh();
      closed.open(9);
      log.close(closed.id());
      DealUnderTest paused = deals.fresh();
      paused.open(9);
      paused.change(DealChange.to(DealState.PAUSED));
      DealUnderTest early = deals.fresh();
      log.open(early.of(9).withWindow(Instant.now().plusSeconds(3600), Deal.NEVER));
      List<ReserveResult> results =
          deals.reserve(
              List.of(
                  a.order("a1", 1),
                  scarce.order("s1", 2),
                  closed.order("x1", 1),
                  paused.order("p1", 1),
                  early.order("e1", 1),
                  unopened.order("u1", 1),
                  limited.order("l1", "x", 1),
                  scarce.order("s2", 2),
                  limited.order("l2", "x", 2),
                  a.order("a2", 3),
                  scarce.order("s3", 1),
                  limited.order("l3", "y", 2),
                  scarce.order("s4", 1),
                  a.order("a3", 2),
                  unopened.order("u2", 1),
                  closed.order("x2", 1)),
              as);
      assertThat(results)
          .containsExactly(
              taken(a, "a1", 9),
              taken(scarce, "s1", 1),
              new Closed(),
              new Paused(),
              new NotYetOpen(),
              new UnknownDeal(),
              taken(limited, "l1", 8),
              new SoldOut(1),
              new LimitReached(2),
              taken(a, "a2", 6),
              taken(scarce, "s3", 0),
              taken(limited, "l3", 6),
              new SoldOut(0),
              taken(a, "a3", 4),
              new UnknownDeal(),
              new Closed());
      assertTally(a, 4, as, new Count(3, 6));
      assertTally(scarce, 0, as, new Count(2, 3));
      assertTally(limited, 6, as, new Count(2, 3));
      for (DealUnderTest deal : List.of(closed, paused, early)) {
        assertThat(deal.tally().hasRows()).isFalse();
        assertThat(deal.left()).isEqualTo(9);
      }
      assertThat(log.tally(unopened.id())).isEmpty();
      assertThat(log.find(scarce.id(), List.of("s2", "s4"))).containsOnly(Optional.empty());
      assertThat(log.find(limited.id(), "l2")).isEmpty();
    }

    @Test
    @DisplayName("the same order id in two deals is two orders")
    void sameIdInTwoDeals() {
      log.open(a.of(9).withLimitPerBuyer(2));
      log.open(b.of(9).withLimitPerBuyer(2));
      c.open(9);
      List<Order> orders =
          List.of(
              a.order("o", "x", 2),
              b.order("o", "x", 2),
              unopened.order("o", "x", 2),
              c.order("o", "y", 4));
      assertThat(deals.reserve(orders, RESERVED))
          .containsExactly(new Reserved(7), new Reserved(7), new UnknownDeal(), new Reserved(5));
      assertThat(MixedCalls.call(orders.subList(1, 3), log::confirm)).containsExactly(PAID, ABSENT);
      assertThat(
              deals.reserve(
                  List.of(c.order("o", "x", 2), orders.get(1), orders.get(0), c.order("o", "y", 4)),
                  RESERVED))
          .containsExactly(
              new Conflict(),
              new Already(PAID, 7),
              new Already(RESERVED, 7),
              new Already(RESERVED, 5));
      assertThat(MixedCalls.call(List.of(orders.get(1), orders.get(0)), log::cancel))
          .containsExactly(PAID, CANCELLED);
      assertRows(List.of(orders.get(1)), PAID);
      assertRows(List.of(orders.get(0)), CANCELLED);
      assertRows(List.of(orders.get(3)), RESERVED);
      assertThat(List.of(a.left(), b.left(), c.left())).containsExactly(9L, 7L, 5L);
    }

    @ParameterizedTest(name = "as {0}")
    @EnumSource(names = {"RESERVED", "PAID", "HELD"})
    @DisplayName("an id that occurs twice in a deal is treated as in two calls")
    void duplicates(OrderState as) {
      a.open(9);
      b.open(9);
      List<ReserveResult> results =
          deals.reserve(
              List.of(
                  a.order("o", 2),
                  b.order("o", 1),
                  a.order("o", 2),
                  b.order("p", 2),
                  a.order("o", 1),
                  b.order("o", 1),
                  a.order("p", 3),
                  a.order("o", "another", 2)),
              as);
      assertThat(results)
          .containsExactly(
              taken(a, "o", 7),
              taken(b, "o", 8),
              already(a, "o", 7),
              taken(b, "p", 6),
              new Conflict(),
              already(b, "o", 6),
              taken(a, "p", 4),
              new Conflict());
      assertTally(a, 4, as, new Count(2, 5));
      assertTally(b, 6, as, new Count(2, 3));
    }

    @ParameterizedTest(name = "as {0}")
    @EnumSource(names = {"RESERVED", "PAID", "HELD"})
    @DisplayName("a retry of the whole call takes nothing again, whatever its order and its marks")
    void retried(OrderState as) {
      a.open(5);
      log.open(b.of(9).withLimitPerBuyer(3));
      c.open(3);
      List<Order> orders =
          List.of(
              a.order("a1", 2),
              b.order("b1", 3),
              c.order("c1", 1),
              c.order("c2", 2),
              unopened.order("u", 1),
              a.order("a2", 1));
      List<Order> firsts = orders.stream().map(Order::asFirstAttempt).toList();
      deals.reserve(firsts, as);
      assertRows(orders.subList(0, 4), as);
      Map<String, Tally> before = deals.tallies();
      List<ReserveResult> expected =
          List.of(
              already(a, "a1", 2),
              already(b, "b1", 6),
              already(c, "c1", 0),
              already(c, "c2", 0),
              new UnknownDeal(),
              already(a, "a2", 2));
      assertThat(deals.reserve(orders, as)).isEqualTo(expected);
      assertThat(deals.reserve(reversed(firsts), as)).isEqualTo(reversed(expected));
      assertThat(deals.tallies()).isEqualTo(before);
      log.close(a.id());
      assertThat(deals.reserve(orders, as)).isEqualTo(expected);
    }

    @Test
    @DisplayName("retries of some orders stand beside new ones, of the same deals and of others")
    void someRetried() {
      a.open(9);
      b.open(9);
      c.open(9);
      deals.reserve(List.of(a.order("a1", 1), b.order("b1", 2)), RESERVED);
      log.cancel(List.of(b.order("b1", 2)));
      a.held(a.order("a2", 1));
      List<ReserveResult> results =
          deals.reserve(
              List.of(
                  c.order("c1", 1),
                  b.order("b2", 2),
                  a.order("a3", 3),
                  b.order("b1", 2),
                  a.order("a1", 1),
                  c.order("c1", 1),
                  a.order("a2", 1),
                  a.order("a4", 1)),
              PAID);
      assertThat(results)
          .containsExactly(
              new Reserved(8),
              new Reserved(7),
              new Reserved(4),
              new Already(CANCELLED, 7),
              new Already(RESERVED, 4),
              new Already(PAID, 8),
              already(a, "a2", 4),
              new Reserved(3));
    }

    @Test
    @DisplayName("by the terms and the units that each deal has now, also if another changed them")
    void byPresentTerms() {
      OrderLog another = anotherLog();
      a.open(9);
      b.open(9);
      c.open(2);
      deals.reserve(List.of(a.order("1", 1), b.order("1", 1), c.order("1", 2)), RESERVED);
      another.change(a.id(), DealChange.to(DealState.PAUSED));
      another.change(b.id(), DealChange.nothing().limitPerBuyer(2));
      another.restock(c.id(), 1, "op-1");
      assertThat(
              deals.reserve(List.of(a.order("2", 1), b.order("2", 2), c.order("2", 1)), RESERVED))
          .containsExactly(new Paused(), new LimitReached(2), new Reserved(0));
      another.change(a.id(), DealChange.to(DealState.OPEN));
      another.restock(b.id(), -7, "op-1");
      another.cancel(List.of(c.order("2", 1)));
      assertThat(
              deals.reserve(
                  List.of(a.order("3", 1), b.order("3", "y", 2), c.order("3", 1)), RESERVED))
          .containsExactly(new Reserved(7), new SoldOut(1), new Reserved(0));
      another.close(b.id());
      another.reserve(List.of(a.order("whale", "whale", 7)), PAID);
      assertThat(
              deals.reserve(List.of(b.order("4", 1), a.order("4", 1), c.order("4", 1)), RESERVED))
          .containsExactly(new Closed(), new SoldOut(0), new SoldOut(0));
    }

    @Test
    @DisplayName("600 orders of 100 deals")
    void ofManyDeals() {
      List<DealUnderTest> many = IntStream.range(0, 100).mapToObj(i -> deals.fresh()).toList();
      many.forEach(deal -> deal.open(5));
      List<Order> orders = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        for (DealUnderTest deal : many) {
          orders.add(deal.order("o-" + i, "buyer-" + i, 1));
        }
      }
      for (int attempt = 0; attempt < 2; attempt++) {
        List<ReserveResult> results = deals.reserve(orders, PAID);
        for (int i = 0; i < orders.size(); i++) {
          ReserveResult expected =
              i >= 500
                  ? new SoldOut(0)
                  : attempt == 0 ? new Reserved(4 - i / 100) : new Already(PAID, 0);
          assertThat(results.get(i)).as("%s", orders.get(i)).isEqualTo(expected);
        }
        many.forEach(deal -> assertTally(deal, 0, PAID, new Count(5, 5)));
      }
    }
  }

  @Nested
  @DisplayName("decides orders of several deals in one call:")
  class DecidesOrdersOfSeveralDeals {

    @BeforeEach
    void opened() {
      a.open(9);
      b.open(9);
      log.open(c.of(9).withLimitPerBuyer(2));
    }

    @Test
    @DisplayName("confirms those that are reserved, in each deal, and no others")
    void confirms() {
      deals.reserve(
          List.of(a.order("1", 1), b.order("1", 2), a.order("2", 1), c.order("1", 2)), RESERVED);
      b.held(b.order("held", 1));
      log.cancel(List.of(b.order("cancelled", 1)));
      log.close(c.id());
      List<Order> orders =
          List.of(
              unopened.order("1", 1),
              a.order("1", 1),
              b.order("held", 1),
              c.order("1", 2),
              a.order("none", 1),
              b.order("1", 2),
              b.order("cancelled", 1),
              a.order("2", "another", 1),
              c.order("none", 1));
      List<OrderState> expected =
          List.of(ABSENT, PAID, HELD, PAID, ABSENT, PAID, CANCELLED, RESERVED, ABSENT);
      assertThat(MixedCalls.call(orders, log::confirm)).isEqualTo(expected);
      assertThat(MixedCalls.call(orders, log::confirm)).isEqualTo(expected);
      assertThat(MixedCalls.call(reversed(orders), log::confirm)).isEqualTo(reversed(expected));
      assertTally(a, 7, PAID, new Count(1, 1));
      assertTally(b, 6, PAID, new Count(1, 2));
      assertTally(c, 7, PAID, new Count(1, 2));
      assertThat(a.tally().reserved()).isEqualTo(new Count(1, 1));
      assertThat(log.find(a.id(), "none")).isEmpty();
    }

    @Test
    @DisplayName("cancels those that are reserved, and writes tombstones, in each deal")
    void cancels() {
      deals.reserve(List.of(a.order("1", 1), c.order("1", "x", 2), a.order("2", 3)), RESERVED);
      b.sold(b.order("sold", 4));
      b.held(b.order("held", 1));
      List<Order> orders =
          List.of(
              c.order("1", "x", 2),
              a.order("2", 3),
              b.order("none", 1),
              a.order("1", 2),
              b.order("sold", 4),
              c.order("none", 1),
              b.order("held", 1),
              a.order("none", 1));
      List<OrderState> expected =
          List.of(CANCELLED, CANCELLED, CANCELLED, RESERVED, PAID, CANCELLED, HELD, CANCELLED);
      assertThat(MixedCalls.call(orders, log::cancel)).isEqualTo(expected);
      assertThat(MixedCalls.call(orders, log::cancel)).isEqualTo(expected);
      assertTally(a, 8, CANCELLED, new Count(2, 4));
      assertTally(b, 4, CANCELLED, new Count(1, 1));
      assertTally(c, 9, CANCELLED, new Count(2, 3));
      assertThat(deals.reserve(List.of(b.order("none", 1), c.order("2", "x", 2)), RESERVED))
          .containsExactly(new Already(CANCELLED, 4), new Reserved(7));
    }

    @Test
    @DisplayName("cancels nothing of a deal that was never opened, and those of the others")
    void cancelsWithoutTheUnopened() {
      DealUnderTest alsoUnopened = deals.fresh();
      deals.reserve(List.of(a.order("1", 1), c.order("1", 2)), RESERVED);
      b.sold(b.order("sold", 4));
      List<Order> orders =
          List.of(
              unopened.order("1", 1),
              a.order("1", 1),
              b.order("sold", 4),
              alsoUnopened.order("1", 1),
              b.order("none", 1),
              unopened.order("2", 1),
              c.order("1", 2));
      for (int attempt = 0; attempt < 2; attempt++) {
        PartialFailureException failure =
            catchThrowableOfType(
                PartialFailureException.class, () -> MixedCalls.call(orders, log::cancel));
        assertThat(failure.results())
            .isEqualTo(asList(null, CANCELLED, PAID, null, CANCELLED, null, CANCELLED));
        assertThat(failure.failures()).containsOnlyKeys(unopened.id(), alsoUnopened.id());
        assertThat(failure.failures())
            .allSatisfy(
                (dealId, cause) ->
                    assertThat(cause)
                        .isInstanceOf(UnknownDealException.class)
                        .hasMessageContaining(dealId));
        assertThat(List.of(a.left(), b.left(), c.left())).containsExactly(9L, 5L, 9L);
      }
      assertThat(log.find(unopened.id(), List.of("1", "2"))).containsOnly(Optional.empty());
    }

    @Test
    @DisplayName("fails to cancel for each deal if none of them was ever opened")
    void cancelsOfUnopenedOnly() {
      DealUnderTest alsoUnopened = deals.fresh();
      List<Order> orders = List.of(unopened.order("1", 1), alsoUnopened.order("1", 1));
      PartialFailureException failure =
          catchThrowableOfType(PartialFailureException.class, () -> log.cancel(orders));
      assertThat(failure.results()).containsOnlyNulls().hasSize(2);
      assertThat(failure.failures())
          .containsOnlyKeys(unopened.id(), alsoUnopened.id())
          .allSatisfy((id, cause) -> assertThat(cause).isInstanceOf(UnknownDealException.class));
    }
  }

  @Nested
  @DisplayName("changes holds of several deals in one call:")
  class HoldsOfSeveralDeals {

    @BeforeEach
    void opened() {
      a.open(9);
      b.open(9);
      c.open(2);
    }

    @Test
    @DisplayName("confirms them with their payments, in time, late and too late")
    void confirmsHeld() {
      b.expired(b.order("late", 2));
      c.expired(c.order("too-late", 1));
      deals.reserve(List.of(a.order("held", 1), a.order("other", 3)), HELD);
      deals.reserve(List.of(a.order("sold", 1), c.order("sold", 2)), PAID);
      a.pay("other", null);
      List<HoldPayment> payments =
          List.of(
              c.payment("too-late", "pay-1"),
              a.payment("held", "pay-2"),
              unopened.payment("held", "pay-3"),
              b.payment("late", "pay-4"),
              a.payment("other", "pay-5"),
              b.payment("none", "pay-6"),
              a.payment("sold", "pay-7"),
              a.payment("held", "pay-8"));
      List<Optional<OrderSnapshot>> results = MixedCalls.call(payments, log::confirmHeld);
      assertThat(states(results))
          .isEqualTo(asList(CANCELLED, PAID, null, PAID, PAID, null, PAID, PAID));
      assertThat(states(results, OrderSnapshot::before))
          .isEqualTo(asList(EXPIRED, HELD, null, EXPIRED, PAID, null, PAID, PAID));
      assertThat(results.stream().map(it -> it.map(row -> row.row().paymentId()).orElse(null)))
          .isEqualTo(asList("pay-1", "pay-2", null, "pay-4", "pay-5", null, null, "pay-2"));
      assertAsFound(payments, results);
      assertThat(results.get(0).orElseThrow().remaining()).isEqualTo(c.left()).isZero();
      assertThat(results.get(3).orElseThrow().remaining()).isEqualTo(b.left()).isEqualTo(7);
      assertTally(a, 4, PAID, new Count(3, 5));
      Map<String, Tally> before = deals.tallies();
      List<Optional<OrderSnapshot>> again = MixedCalls.call(payments, log::confirmHeld);
      assertAsFound(payments, again);
      assertThat(states(again)).isEqualTo(states(results));
      assertThat(deals.tallies()).isEqualTo(before);
    }

    @Test
    @DisplayName("extends those that are held, and no others")
    void extendsHolds() {
      deals.reserve(List.of(a.order("1", 1), b.order("1", 1), a.order("2", 1)), HELD);
      deals.reserve(List.of(a.order("reserved", 1), c.order("reserved", 1)), RESERVED);
      b.held(b.order("sold", 1));
      b.pay("sold", "pay-1");
      Instant first = a.row("1").until();
      Instant second = b.row("1").until();
      List<HoldExtension> extensions =
          List.of(
              b.extension("1", second.plus(LONG)),
              unopened.extension("1", second.plus(LONG)),
              c.extension("reserved", second.plus(LONG)),
              a.extension("1", first.minusSeconds(60)),
              b.extension("sold", second.plus(LONG)),
              a.extension("none", first.plus(LONG)),
              a.extension("2", first.plus(LONG).plus(LONG)));
      List<Optional<OrderSnapshot>> results = MixedCalls.call(extensions, log::extend);
      assertThat(states(results)).isEqualTo(asList(HELD, null, RESERVED, HELD, PAID, null, HELD));
      assertAsFound(extensions, results);
      assertThat(b.row("1").until()).isEqualTo(extensions.get(0).until());
      assertThat(a.row("1").until()).isEqualTo(first);
      assertThat(a.row("2").until()).isEqualTo(extensions.get(6).until());
      assertThat(b.row("sold").paymentId()).isEqualTo("pay-1");
    }

    @Test
    @DisplayName("ends those that are overdue as EXPIRED, and no others")
    void expires() {
      deals.reserve(List.of(a.order("held", 1), b.order("held", 2)), HELD);
      deals.reserve(List.of(c.order("reserved", 1)), RESERVED);
      List<Order> overdue = List.of(b.order("overdue", 3), a.order("overdue", 4));
      MixedCalls.call(
          overdue.stream().map(it -> it.withPayWithin(SHORT)).toList(),
          some -> log.reserve(some, RESERVED));
      a.awaitOverdue(1);
      b.awaitOverdue(1);
      List<Order> orders =
          List.of(
              b.order("held", 2),
              a.order("overdue", 4),
              c.order("reserved", 1),
              unopened.order("overdue", 1),
              b.order("overdue", 3),
              a.order("held", 1),
              c.order("none", 1));
      List<OrderState> expected = List.of(HELD, EXPIRED, RESERVED, ABSENT, EXPIRED, HELD, ABSENT);
      assertThat(endHolds(orders, EXPIRED)).isEqualTo(expected);
      assertTally(a, 8, EXPIRED, new Count(1, 4));
      assertTally(b, 7, EXPIRED, new Count(1, 3));
      assertTally(c, 1, RESERVED, new Count(1, 1));
      Map<String, Tally> before = deals.tallies();
      assertThat(endHolds(orders, EXPIRED)).isEqualTo(expected);
      assertThat(deals.tallies()).isEqualTo(before);
    }

    @Test
    @DisplayName("ends those that are held or expired as CANCELLED, and no others")
    void cancels() {
      a.expired(a.order("expired", 4));
      deals.reserve(List.of(a.order("held", 1), b.order("held", 2)), HELD);
      deals.reserve(List.of(b.order("reserved", 1), c.order("reserved", 1)), RESERVED);
      List<Order> orders =
          List.of(
              b.order("held", 2),
              c.order("reserved", 1),
              a.order("expired", 4),
              unopened.order("held", 1),
              b.order("reserved", 1),
              a.order("held", "another", 1),
              a.order("none", 1));
      List<OrderState> expected =
          List.of(CANCELLED, RESERVED, CANCELLED, ABSENT, RESERVED, HELD, ABSENT);
      assertThat(endHolds(orders, CANCELLED)).isEqualTo(expected);
      assertThat(endHolds(reversed(orders), CANCELLED)).isEqualTo(reversed(expected));
      assertTally(a, 8, CANCELLED, new Count(1, 4));
      assertTally(b, 8, CANCELLED, new Count(1, 2));
      assertThat(c.left()).isEqualTo(1);
      assertThat(log.find(a.id(), "none")).isEmpty();
    }

    private List<OrderState> endHolds(List<Order> orders, OrderState as) {
      return MixedCalls.call(orders, some -> log.endHolds(some, as));
    }
  }

  @Nested
  @DisplayName("takes back orders of several deals in one call:")
  class ReturnsOfSeveralDeals {

    @BeforeEach
    void sold() {
      log.open(a.of(9).withLimitPerBuyer(3));
      b.open(9);
      c.open(9);
      deals.reserve(
          List.of(a.order("1", 2), b.order("1", 3), b.order("2", 1), a.order("2", 1)), PAID);
      c.reserved(c.order("reserved", 4));
    }

    @Test
    @DisplayName("the units of each are on sale again or written off, its refund is due or not")
    void givesBack() {
      List<OrderReturn> returns =
          List.of(
              new OrderReturn(b.id(), "1", false, false),
              new OrderReturn(c.id(), "reserved", true, true),
              new OrderReturn(a.id(), "1", true, true),
              new OrderReturn(unopened.id(), "1", true, true),
              new OrderReturn(b.id(), "2", true, false),
              new OrderReturn(c.id(), "none", true, true),
              new OrderReturn(a.id(), "1", false, false));
      List<Optional<OrderSnapshot>> results = MixedCalls.call(returns, log::giveBack);
      assertThat(states(results))
          .isEqualTo(asList(RETURNED, RESERVED, RETURNING, null, RETURNED, null, RETURNING));
      assertThat(states(results, OrderSnapshot::before))
          .isEqualTo(asList(PAID, RESERVED, PAID, null, PAID, null, RETURNING));
      assertAsFound(returns, results);
      assertThat(results.get(1).orElseThrow().remaining()).isEqualTo(5);
      assertThat(results.get(2).orElseThrow().remaining()).isEqualTo(8);
      assertTally(a, 8, PAID, new Count(1, 1));
      assertTally(b, 6, RETURNED, new Count(2, 4));
      assertThat(b.tally().writtenOff()).isEqualTo(3);
      Map<String, Tally> before = deals.tallies();
      assertThat(states(MixedCalls.call(returns, log::giveBack))).isEqualTo(states(results));
      assertThat(deals.tallies()).isEqualTo(before);
      assertThat(
              deals.reserve(List.of(a.order("3", 3), b.order("3", 6), a.order("4", 2)), RESERVED))
          .containsExactly(new LimitReached(3), new Reserved(0), new Reserved(6));
    }

    @Test
    @DisplayName("the refunds that are due are finished, and no others")
    void finishesReturns() {
      a.giveBack("1", true, true);
      b.giveBack("1", true, true);
      b.giveBack("2", false, true);
      List<Order> orders =
          List.of(
              b.order("1", 3),
              a.order("2", 1),
              c.order("reserved", 4),
              unopened.order("1", 1),
              a.order("1", 2),
              b.order("2", "another", 1),
              c.order("none", 1));
      List<OrderState> expected =
          List.of(RETURNED, PAID, RESERVED, ABSENT, RETURNED, RETURNING, ABSENT);
      assertThat(MixedCalls.call(orders, log::finishReturns)).isEqualTo(expected);
      assertThat(MixedCalls.call(reversed(orders), log::finishReturns))
          .isEqualTo(reversed(expected));
      assertTally(a, 8, RETURNED, new Count(1, 2));
      assertTally(b, 8, RETURNED, new Count(1, 3));
    }
  }

  /** The result for an order that was written. */
  private static ReserveResult taken(DealUnderTest deal, String orderId, long remaining) {
    Instant until = deal.row(orderId).until();
    return until == null ? new Reserved(remaining) : new Held(until, remaining);
  }

  /** The result for an order that was there. */
  private static ReserveResult already(DealUnderTest deal, String orderId, long remaining) {
    OrderRecord row = deal.row(orderId);
    return new Already(row.state(), row.until(), remaining);
  }

  private void assertRows(List<Order> orders, OrderState state) {
    for (Order order : orders) {
      OrderRecord row = log.find(order.dealId(), order.id()).orElseThrow();
      assertThat(row.order()).isEqualTo(order);
      assertThat(row.state()).as("%s", order).isEqualTo(state);
    }
  }

  private static void assertTally(DealUnderTest deal, long left, OrderState state, Count count) {
    Tally tally = deal.tally();
    assertThat(tally.left()).as("left in %s", tally).isEqualTo(left);
    assertThat(tally.count(state)).as("%s in %s", state, tally).isEqualTo(count);
  }

  /** Every row in the results must be the one that is in the log, in the same position. */
  private void assertAsFound(
      List<? extends OrderKey> items, List<Optional<OrderSnapshot>> results) {
    assertThat(results).hasSameSizeAs(items);
    for (int i = 0; i < items.size(); i++) {
      OrderKey item = items.get(i);
      Optional<OrderRecord> row = log.find(item.dealId(), item.id());
      assertThat(results.get(i).map(OrderSnapshot::row)).as("%s", item).isEqualTo(row);
    }
  }

  private static List<OrderState> states(List<Optional<OrderSnapshot>> results) {
    return states(results, it -> it.row().state());
  }

  /** A state of each, null where there is no row. */
  private static List<OrderState> states(
      List<Optional<OrderSnapshot>> results, Function<OrderSnapshot, OrderState> state) {
    List<OrderState> states = new ArrayList<>();
    results.forEach(it -> states.add(it.map(state).orElse(null)));
    return states;
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }
}
