package io.hotdeal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.ClaimResult;
import io.hotdeal.ClaimResult.Claimed;
import io.hotdeal.Deal;
import io.hotdeal.DealState;
import io.hotdeal.Order;
import io.hotdeal.Refusal.Closed;
import io.hotdeal.Refusal.Conflict;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.NotYetOpen;
import io.hotdeal.Refusal.Paused;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.contract.MixedRace.Answer;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The contract of calls of several deals at the counter, a part of {@link StockCounterContract}.
 */
public abstract class MixedDealsCounterContract extends TermsCounterContract {

  private static final Duration LONG = Duration.ofMinutes(10);

  private StockCounter counter;
  private CountedDeal a;
  private CountedDeal b;
  private CountedDeal c;
  private CountedDeal unknown;

  @Override
  protected abstract StockCounter counter();

  /**
   * The counter as another process has it, which shares nothing with {@link #counter} but the
   * store. The same counter where there can be only one.
   */
  protected StockCounter anotherCounter() {
    return counter();
  }

  @BeforeEach
  void freshDealsOfOneCall() {
    counter = counter();
    a = fresh();
    b = fresh();
    c = fresh();
    unknown = fresh();
  }

  /** One of the deals of the counter under test. */
  private record CountedDeal(StockCounter counter, String id) {

    /** Its terms with so many units. */
    Deal of(long quantity) {
      return Deal.of(id, quantity);
    }

    void open(long quantity) {
      counter.open(of(quantity));
    }

    Order order(String orderId, long quantity) {
      return order(orderId, "buyer", quantity);
    }

    Order order(String orderId, String buyerId, long quantity) {
      return Order.of(orderId, id, buyerId, quantity);
    }

    Stock stock() {
      return counter.stock(id).orElseThrow();
    }

    void assertStock(long remaining, long claimed) {
      Stock stock = stock();
      assertThat(stock.remaining()).as("remaining in %s", stock).isEqualTo(remaining);
      assertThat(stock.claimed()).as("claimed in %s", stock).isEqualTo(claimed);
    }

    void awaitOverdue(int count) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (counter.overdue(id, 100).size() < count) {
        assertThat(System.nanoTime()).as("claims overdue within 30 s").isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
  }

  @Nested
  @DisplayName("claims for orders of several deals in one call:")
  class ClaimsOfSeveralDeals {

    @Test
    @DisplayName("those of each deal in list order, with what is left of that deal after each")
    void inListOrder() {
      a.open(10);
      b.open(20);
      c.open(30);
      assertThat(
              claim(
                  a.order("a1", 1),
                  b.order("b1", 2),
                  c.order("c1", 3),
                  a.order("a2", 3),
                  c.order("c2", 4),
                  b.order("b2", 5),
                  a.order("a3", 2)))
          .containsExactly(
              claimed(9),
              claimed(18),
              claimed(27),
              claimed(6),
              claimed(23),
              claimed(13),
              claimed(4));
      a.assertStock(4, 6);
      b.assertStock(13, 7);
      c.assertStock(23, 7);
      assertThat(counter.held(b.id(), 10))
          .containsExactlyInAnyOrder(b.order("b1", 2), b.order("b2", 5));
    }

    @Test
    @DisplayName("what one of the deals refuses changes nothing for the others")
    void refusals() {
      CountedDeal scarce = b;
      CountedDeal limited = c;
      a.open(10);
      scarce.open(3);
      counter.open(limited.of(9).withLimitPerBuyer(2));
      CountedDeal closed = fresh();
      closed.open(9);
      counter.close(closed.id());
      CountedDeal paused = fresh();
      paused.open(9);
      counter.change(new DealTerms(paused.of(9), DealState.PAUSED, 2));
      CountedDeal early = fresh();
      counter.open(early.of(9).withWindow(Instant.now().plusSeconds(3600), Deal.NEVER));
      assertThat(
              claim(
                  a.order("a1", 1),
                  scarce.order("s1", 2),
                  closed.order("x1", 1),
                  paused.order("p1", 1),
                  early.order("e1", 1),
                  unknown.order("u1", 1),
                  limited.order("l1", "x", 1),
                  scarce.order("s2", 2),
                  limited.order("l2", "x", 2),
                  a.order("a2", 3),
                  scarce.order("s3", 1),
                  limited.order("l3", "y", 2),
                  scarce.order("s4", 1),
                  a.order("a3", 2),
                  unknown.order("u2", 1),
                  closed.order("x2", 1)))
          .containsExactly(
              claimed(9),
              claimed(1),
              new Closed(),
              new Paused(),
              new NotYetOpen(),
              new UnknownDeal(),
              claimed(8),
              new SoldOut(1),
              new LimitReached(2),
              claimed(6),
              claimed(0),
              claimed(6),
              new SoldOut(0),
              claimed(4),
              new UnknownDeal(),
              new Closed());
      a.assertStock(4, 6);
      scarce.assertStock(0, 3);
      limited.assertStock(6, 3);
      List.of(closed, paused, early).forEach(deal -> deal.assertStock(9, 0));
      assertThat(counter.stock(unknown.id())).isEmpty();
    }

    @Test
    @DisplayName("the same order id in two deals is two orders")
    void sameIdInTwoDeals() {
      counter.open(a.of(9).withLimitPerBuyer(2));
      counter.open(b.of(9).withLimitPerBuyer(2));
      c.open(9);
      assertThat(
              claim(
                  a.order("o", "x", 2),
                  b.order("o", "x", 2),
                  unknown.order("o", "x", 2),
                  c.order("o", "y", 4)))
          .containsExactly(claimed(7), claimed(7), new UnknownDeal(), claimed(5));
      settle(b.order("o", "x", 2), unknown.order("o", "x", 2));
      release(a.order("o", "x", 2), b.order("o", "x", 2));
      a.assertStock(9, 0);
      b.assertStock(7, 0);
      c.assertStock(5, 4);
      assertThat(
              claim(
                  c.order("o", "x", 2),
                  b.order("o", "x", 2),
                  a.order("o", "x", 2),
                  c.order("o", "y", 4)))
          .containsExactly(new Conflict(), replayed(7), claimed(7), replayed(5));
    }

    @Test
    @DisplayName("an id that occurs twice in a deal is answered as if it came in two calls")
    void duplicates() {
      a.open(9);
      b.open(9);
      assertThat(
              claim(
                  a.order("o", 2),
                  b.order("o", 1),
                  a.order("o", 2),
                  b.order("p", 2),
                  a.order("o", 1),
                  b.order("o", 1),
                  a.order("p", 3),
                  a.order("o", "another", 2)))
          .containsExactly(
              claimed(7),
              claimed(8),
              replayed(7),
              claimed(6),
              new Conflict(),
              replayed(6),
              claimed(4),
              new Conflict());
      a.assertStock(4, 5);
      b.assertStock(6, 3);
    }

    @Test
    @DisplayName("a retry of the whole call takes nothing again, whatever its order and its marks")
    void retried() {
      a.open(5);
      counter.open(b.of(9).withLimitPerBuyer(3));
      c.open(3);
      List<Order> orders =
          List.of(
              a.order("a1", 2),
              b.order("b1", 3),
              c.order("c1", 1),
              c.order("c2", 2),
              unknown.order("u", 1),
              a.order("a2", 1));
      List<Order> firsts = orders.stream().map(Order::asFirstAttempt).toList();
      claim(firsts);
      assertThat(counter.held(a.id(), 10)).containsExactlyInAnyOrder(orders.get(0), orders.get(5));
      settle(b.order("b1", 3), c.order("c2", 2));
      List<ClaimResult> expected =
          List.of(
              replayed(2), replayed(6), replayed(0), replayed(0), new UnknownDeal(), replayed(2));
      assertThat(claim(orders)).isEqualTo(expected);
      assertThat(claim(reversed(firsts))).isEqualTo(reversed(expected));
      counter.close(a.id());
      assertThat(claim(orders)).isEqualTo(expected);
      a.assertStock(2, 3);
      b.assertStock(6, 0);
      c.assertStock(0, 1);
    }

    @Test
    @DisplayName("retries of some orders stand beside new ones, of the same deals and of others")
    void someRetried() {
      a.open(9);
      b.open(9);
      c.open(9);
      claim(a.order("a1", 1), b.order("b1", 2), a.order("a2", 1));
      release(b.order("b1", 2));
      settle(a.order("a2", 1));
      assertThat(
              claim(
                  c.order("c1", 1),
                  b.order("b2", 2),
                  a.order("a3", 3),
                  b.order("b1", 2),
                  a.order("a1", 1),
                  c.order("c1", 1),
                  a.order("a2", 1),
                  a.order("a4", 1)))
          .containsExactly(
              claimed(8),
              claimed(7),
              claimed(4),
              claimed(5),
              replayed(4),
              replayed(8),
              replayed(4),
              claimed(3));
    }

    @Test
    @DisplayName("by the terms and the units that each deal has now, also if another changed them")
    void byPresentTerms() {
      StockCounter another = anotherCounter();
      a.open(9);
      counter.open(b.of(9).withLimitPerBuyer(5));
      c.open(2);
      claim(a.order("1", 1), b.order("1", 1), c.order("1", 2));
      another.change(new DealTerms(a.of(9), DealState.PAUSED, 2));
      another.change(new DealTerms(b.of(9).withLimitPerBuyer(2), DealState.OPEN, 2));
      another.restore(c.of(2), 1, c.stock().version());
      assertThat(claim(a.order("2", 1), b.order("2", 2), c.order("2", 1)))
          .containsExactly(new Paused(), new LimitReached(2), claimed(0));
      another.change(new DealTerms(a.of(9), DealState.OPEN, 3));
      another.restore(b.of(9), 1, b.stock().version());
      another.release(List.of(c.order("2", 1)));
      assertThat(claim(a.order("3", 1), b.order("3", "y", 2), c.order("3", 1)))
          .containsExactly(claimed(7), new SoldOut(1), claimed(0));
      another.close(b.id());
      another.claim(List.of(a.order("whale", "whale", 7)));
      assertThat(claim(b.order("4", 1), a.order("4", 1), c.order("4", 1)))
          .containsExactly(new Closed(), new SoldOut(0), new SoldOut(0));
    }

    @Test
    @DisplayName("for a hold until its own deadline, beside others")
    void holds() {
      counter.open(a.of(9).withHold(Duration.ofMillis(1)));
      counter.open(b.of(9).withHold(Duration.ofMillis(1)));
      c.open(9);
      claim(
          a.order("late", 1).withPayWithin(LONG),
          b.order("usual", 1),
          c.order("soon", 1).withPayWithin(Duration.ofMillis(1)),
          a.order("usual", 2),
          c.order("usual", 1));
      for (CountedDeal deal : List.of(a, b, c)) {
        deal.awaitOverdue(1);
      }
      assertThat(counter.overdue(a.id(), 10)).containsExactly(a.order("usual", 2));
      assertThat(counter.overdue(b.id(), 10)).containsExactly(b.order("usual", 1));
      assertThat(counter.overdue(c.id(), 10)).containsExactly(c.order("soon", 1));
    }

    @Test
    @DisplayName("600 orders of 100 deals")
    void ofManyDeals() {
      List<CountedDeal> many = IntStream.range(0, 100).mapToObj(i -> fresh()).toList();
      many.forEach(deal -> deal.open(5));
      List<Order> orders = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        for (CountedDeal deal : many) {
          orders.add(deal.order("o-" + i, "buyer-" + i, 1));
        }
      }
      for (int attempt = 0; attempt < 2; attempt++) {
        List<ClaimResult> results = claim(orders);
        for (int i = 0; i < orders.size(); i++) {
          ClaimResult expected =
              i >= 500 ? new SoldOut(0) : attempt == 0 ? claimed(4 - i / 100) : replayed(0);
          assertThat(results.get(i)).as("%s", orders.get(i)).isEqualTo(expected);
        }
        many.forEach(deal -> deal.assertStock(0, 5));
      }
    }
  }

  @Nested
  @DisplayName("changes claims of several deals in one call:")
  class ChangesClaimsOfSeveralDeals {

    @Test
    @DisplayName("settles those that are held, and ids without a claim, in each deal")
    void settles() {
      a.open(9);
      b.open(9);
      counter.open(c.of(9).withLimitPerBuyer(2));
      claim(a.order("1", 2), b.order("1", 3), a.order("2", 1));
      for (int attempt = 0; attempt < 2; attempt++) {
        settle(b.order("1", 3), unknown.order("1", 1), a.order("1", 2), c.order("none", "x", 2));
        a.assertStock(6, 1);
        b.assertStock(6, 0);
        c.assertStock(9, 0);
      }
      assertThat(a.stock().settled()).isEqualTo(2);
      assertThat(b.stock().settled()).isEqualTo(3);
      release(a.order("1", 2), b.order("1", 3), c.order("none", "x", 2));
      assertThat(
              claim(
                  a.order("1", 2), c.order("1", "x", 1), b.order("1", 3), c.order("none", "x", 2)))
          .containsExactly(replayed(6), new LimitReached(2), replayed(6), replayed(9));
      assertThat(counter.stock(unknown.id())).isEmpty();
      MixedCalls.run(List.<Order>of(), counter::settle);
    }

    @Test
    @DisplayName("releases those that are held, once, in each deal")
    void releases() {
      counter.open(a.of(9).withLimitPerBuyer(3));
      b.open(9);
      c.open(9);
      claim(a.order("1", 3), b.order("1", 3), c.order("1", 1), b.order("2", 2));
      settle(c.order("1", 1));
      for (int attempt = 0; attempt < 2; attempt++) {
        release(
            c.order("1", 1),
            b.order("2", 2),
            a.order("1", 3),
            unknown.order("1", 1),
            b.order("1", 2),
            b.order("none", 1),
            a.order("1", 3));
        a.assertStock(9, 0);
        b.assertStock(6, 3);
        c.assertStock(8, 0);
      }
      assertThat(claim(b.order("2", 2), a.order("2", 3), c.order("1", 1)))
          .containsExactly(claimed(4), claimed(6), replayed(8));
      assertThat(counter.stock(unknown.id())).isEmpty();
    }

    @Test
    @DisplayName("postpones those that are held, in each deal, and makes no claim")
    void postpones() {
      for (CountedDeal deal : List.of(a, b, c)) {
        counter.open(deal.of(9).withHold(Duration.ofMillis(1)));
      }
      claim(a.order("late", 1), c.order("late", 1), b.order("usual", 1), a.order("usual", 1));
      MixedCalls.run(
          List.of(
              c.order("late", 1).withPayWithin(LONG),
              unknown.order("late", 1).withPayWithin(LONG),
              b.order("usual", 2).withPayWithin(LONG),
              a.order("late", 1).withPayWithin(LONG),
              b.order("none", 1).withPayWithin(LONG),
              a.order("usual", 1)),
          counter::postpone);
      a.awaitOverdue(1);
      b.awaitOverdue(1);
      assertThat(counter.overdue(a.id(), 10)).containsExactly(a.order("usual", 1));
      assertThat(counter.overdue(b.id(), 10)).containsExactly(b.order("usual", 1));
      assertThat(counter.overdue(c.id(), 10)).isEmpty();
      a.assertStock(7, 2);
      b.assertStock(8, 1);
      c.assertStock(8, 1);
      assertThat(counter.stock(unknown.id())).isEmpty();
    }

    @Test
    @DisplayName("gives back orders that were sold, and claims that are held, once, in each deal")
    void givesBack() {
      counter.open(a.of(9).withLimitPerBuyer(2));
      b.open(9);
      counter.open(c.of(9).withLimitPerBuyer(2));
      claim(a.order("1", 2), b.order("1", 3), b.order("2", 1));
      settle(a.order("1", 2));
      for (int attempt = 0; attempt < 2; attempt++) {
        MixedCalls.run(
            List.of(
                b.order("1", 3),
                a.order("1", 2),
                unknown.order("1", 1),
                c.order("none", 2),
                b.order("2", "another", 1),
                b.order("1", 3)),
            counter::giveBack);
        a.assertStock(7, 0);
        b.assertStock(8, 1);
        c.assertStock(9, 0);
      }
      settle(c.order("none", 2));
      assertThat(claim(a.order("1", 2), b.order("1", 3), a.order("2", 2), c.order("1", 2)))
          .containsExactly(replayed(7), replayed(8), claimed(5), claimed(7));
      assertThat(counter.stock(unknown.id())).isEmpty();
    }

    @Test
    @DisplayName("and so the version of each deal whose units it takes or gives back")
    void versions() {
      a.open(9);
      b.open(9);
      c.open(9);
      List<Order> orders = List.of(a.order("1", 1), b.order("1", 1), c.order("1", 1));
      assertVersionsMove(() -> claim(orders));
      assertVersionsMove(() -> MixedCalls.run(orders, counter::release));
      claim(orders);
      assertVersionsMove(() -> MixedCalls.run(orders, counter::giveBack));
    }

    private void assertVersionsMove(Runnable call) {
      List<CountedDeal> deals = List.of(a, b, c);
      List<Long> before = deals.stream().map(deal -> deal.stock().version()).toList();
      call.run();
      for (int i = 0; i < deals.size(); i++) {
        CountedDeal deal = deals.get(i);
        long remaining = deal.stock().remaining();
        assertThat(counter.restore(deal.of(9), 1, before.get(i))).isFalse();
        assertThat(deal.stock().remaining()).isEqualTo(remaining);
      }
    }
  }

  @Nested
  @DisplayName("under concurrent calls of the same deals in opposite orders, at two instances,")
  class OppositeOrders {

    private final List<CountedDeal> contested = new ArrayList<>();
    private StockCounter another;

    @BeforeEach
    void freshDeals() {
      another = anotherCounter();
      MixedRace.UNITS.forEach(units -> contested.add(fresh()));
    }

    @Test
    @DisplayName("grants exactly the units of each deal, and each id gets one result")
    void neverOversells() {
      open();
      assertGranted(claimAll(MixedRace.calls(orders(), 8)));
    }

    @Test
    @DisplayName("grants exactly the units of each deal, also beside calls of one of them")
    void besideCallsOfOneDeal() {
      open();
      assertGranted(claimAll(MixedRace.besideCallsOfOneDeal(orders())));
    }

    @Test
    @DisplayName("enforces the limit per buyer of each deal")
    void limits() {
      contested.forEach(deal -> counter.open(deal.of(1000).withLimitPerBuyer(3)));
      List<Answer<ClaimResult>> answers =
          claimAll(MixedRace.calls(MixedRace.ofFewBuyers(ids()), 8));
      int granted =
          MixedRace.assertLimited(
              answers, 3, MixedDealsCounterContract::isFirst, Claimed.class::isInstance);
      contested.forEach(deal -> deal.assertStock(1000 - granted, granted));
    }

    @Test
    @DisplayName("neither loses nor creates units while claims are settled and released")
    void unitsAreConserved() {
      open();
      Set<Order> sold = ConcurrentHashMap.newKeySet();
      MixedRace.run(
          List.of(counter, another),
          MixedRace.calls(orders(), 8),
          (one, call) -> {
            List<ClaimResult> results = MixedCalls.call(call, one::claim);
            List<Order> settled = new ArrayList<>();
            List<Order> released = new ArrayList<>();
            for (int i = 0; i < call.size(); i++) {
              if (isFirst(results.get(i))) {
                (sells(call.get(i)) ? settled : released).add(call.get(i));
              }
            }
            MixedCalls.run(settled, one::settle);
            MixedCalls.run(released, one::release);
            sold.addAll(settled);
            return results;
          });
      for (int i = 0; i < contested.size(); i++) {
        CountedDeal deal = contested.get(i);
        long settled = sold.stream().filter(it -> it.dealId().equals(deal.id())).count();
        deal.assertStock(MixedRace.UNITS.get(i) - settled, 0);
        assertThat(deal.stock().settled()).isEqualTo(settled);
      }
    }

    private static boolean sells(Order order) {
      return order.id().hashCode() % 4 == 0;
    }

    private void open() {
      for (int i = 0; i < contested.size(); i++) {
        contested.get(i).open(MixedRace.UNITS.get(i));
      }
    }

    private List<String> ids() {
      return contested.stream().map(CountedDeal::id).toList();
    }

    private List<List<Order>> orders() {
      return MixedRace.orders(ids());
    }

    private List<Answer<ClaimResult>> claimAll(List<List<Order>> calls) {
      return MixedRace.run(List.of(counter, another), calls, StockCounter::claim);
    }

    private void assertGranted(List<Answer<ClaimResult>> answers) {
      MixedRace.assertTaken(
          ids(), answers, MixedDealsCounterContract::isFirst, Claimed.class::isInstance);
      for (int i = 0; i < contested.size(); i++) {
        contested.get(i).assertStock(0, MixedRace.UNITS.get(i));
      }
    }
  }

  private static boolean isFirst(ClaimResult result) {
    return result instanceof Claimed claimed && !claimed.replayed();
  }

  private CountedDeal fresh() {
    return new CountedDeal(counter, Crowd.freshDealId());
  }

  private List<ClaimResult> claim(List<Order> orders) {
    return MixedCalls.call(orders, counter::claim);
  }

  private List<ClaimResult> claim(Order... orders) {
    return claim(List.of(orders));
  }

  private void settle(Order... orders) {
    MixedCalls.run(List.of(orders), counter::settle);
  }

  private void release(Order... orders) {
    MixedCalls.run(List.of(orders), counter::release);
  }

  private static Claimed claimed(long remaining) {
    return new Claimed(remaining, false);
  }

  private static Claimed replayed(long remaining) {
    return new Claimed(remaining, true);
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }
}
