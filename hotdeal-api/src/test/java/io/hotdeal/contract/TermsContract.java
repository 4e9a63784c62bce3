package io.hotdeal.contract;

import static io.hotdeal.contract.Crowd.THREADS;
import static io.hotdeal.contract.DealUnderTest.LONG;
import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.EXPIRED;
import static io.hotdeal.spi.OrderState.HELD;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static io.hotdeal.spi.OrderState.RETURNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.DealConflictException;
import io.hotdeal.DealState;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.Refusal.Closed;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.NotYetOpen;
import io.hotdeal.Refusal.Paused;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.ReserveResult;
import io.hotdeal.ReserveResult.Already;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.Units;
import io.hotdeal.UnknownDealException;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.Tally;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of changes of a deal's terms, a part of {@link OrderLogContract}. */
public abstract class TermsContract extends ReturnContract {

  private OrderLog log;
  private DealUnderTest deal;
  private Instant past;
  private Instant future;

  @Override
  protected abstract OrderLog log();

  @BeforeEach
  void freshDealOfTerms() {
    log = log();
    deal = DealUnderTest.fresh(log);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    past = now.minusSeconds(3600);
    future = now.plusSeconds(3600);
  }

  @AfterEach
  void dealOfTermsIsBalanced() {
    deal.assertBalanced();
  }

  @Nested
  @DisplayName("changes the terms")
  class Changes {

    @Test
    @DisplayName("that are named, leaves the others, and has them from then on")
    void named() {
      Deal first = deal.of(9).withLimitPerBuyer(3).withWindow(past, future).withHold(LONG);
      log.open(first);
      assertThat(deal.tally().terms()).isEqualTo(DealTerms.opened(first));
      assertChanged(
          DealChange.nothing().limitPerBuyer(5),
          new DealTerms(first.withLimitPerBuyer(5), DealState.OPEN, 2));
      Deal limited = first.withLimitPerBuyer(5);
      Instant earlier = past.minusMillis(1);
      assertChanged(
          DealChange.nothing().opens(earlier),
          new DealTerms(limited.withWindow(earlier, future), DealState.OPEN, 3));
      Instant later = future.plusMillis(1);
      assertChanged(
          DealChange.nothing().closes(later),
          new DealTerms(limited.withWindow(earlier, later), DealState.OPEN, 4));
      assertChanged(
          DealChange.to(DealState.PAUSED),
          new DealTerms(limited.withWindow(earlier, later), DealState.PAUSED, 5));
      Deal free = deal.of(9).withHold(LONG);
      assertChanged(
          DealChange.to(DealState.OPEN).limitPerBuyer(0).opens(Deal.ALWAYS).closes(Deal.NEVER),
          new DealTerms(free, DealState.OPEN, 6));
    }

    private void assertChanged(DealChange change, DealTerms expected) {
      assertThat(deal.change(change)).as("%s", change).isEqualTo(expected);
      assertThat(deal.tally().terms()).isEqualTo(expected);
      assertThat(deal.tally().deal()).isEqualTo(expected.deal());
    }

    @Test
    @DisplayName("with a new version only if anything changes")
    void version() {
      Deal first = deal.of(9).withLimitPerBuyer(3).withWindow(past, future);
      log.open(first);
      List<DealChange> same =
          List.of(
              DealChange.nothing(),
              DealChange.to(DealState.OPEN),
              DealChange.nothing().limitPerBuyer(3),
              DealChange.nothing().opens(past.plusNanos(1)).closes(future),
              DealChange.to(DealState.OPEN).limitPerBuyer(3).opens(past).closes(future));
      for (DealChange change : same) {
        assertThat(deal.change(change)).as("%s", change).isEqualTo(DealTerms.opened(first));
      }
      log.close(deal.id());
      log.close(deal.id());
      assertThat(deal.tally().terms()).isEqualTo(new DealTerms(first, DealState.CLOSED, 2));
      assertThat(deal.tally().closed()).isTrue();
      assertThat(deal.change(DealChange.to(DealState.CLOSED)).version()).isEqualTo(2);
      assertThat(deal.change(DealChange.to(DealState.PAUSED)).version()).isEqualTo(3);
      assertThat(deal.change(DealChange.to(DealState.PAUSED)).version()).isEqualTo(3);
      assertThat(deal.tally().closed()).isFalse();
    }

    @Test
    @DisplayName("each in a version of its own, if many change them concurrently")
    void concurrently() {
      deal.open(9);
      List<DealTerms> terms =
          Race.run(
              16,
              IntStream.rangeClosed(1, 64).boxed().toList(),
              i -> deal.change(DealChange.nothing().limitPerBuyer(i)));
      assertThat(terms.stream().map(DealTerms::version).sorted())
          .containsExactlyElementsOf(IntStream.rangeClosed(2, 65).mapToObj(Long::valueOf).toList());
      for (int i = 0; i < terms.size(); i++) {
        assertThat(terms.get(i).deal().limitPerBuyer()).isEqualTo(i + 1);
      }
      assertThat(terms).contains(deal.tally().terms());
    }

    @Test
    @DisplayName("not to values out of range, and then changes nothing")
    void outOfRange() {
      Deal first = deal.of(9).withLimitPerBuyer(3).withWindow(past, future);
      log.open(first);
      List<DealChange> invalid =
          List.of(
              DealChange.to(DealState.PAUSED).opens(future),
              DealChange.nothing().limitPerBuyer(2).closes(past),
              DealChange.nothing().opens(future).closes(past),
              DealChange.nothing().opens(Deal.ALWAYS.minusMillis(1)),
              DealChange.nothing().closes(Deal.NEVER.plusMillis(1)),
              DealChange.to(DealState.CLOSED).limitPerBuyer(-1),
              DealChange.nothing().limitPerBuyer(Units.MAX + 1));
      for (DealChange change : invalid) {
        assertThatThrownBy(() -> deal.change(change))
            .as("%s", change)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(deal.id());
      }
      assertThat(deal.tally().terms()).isEqualTo(DealTerms.opened(first));
    }

    @Test
    @DisplayName("not of a deal that was never opened")
    void unknownDeal() {
      assertThatThrownBy(() -> deal.change(DealChange.to(DealState.PAUSED)))
          .isInstanceOf(UnknownDealException.class)
          .hasMessageContaining(deal.id());
      assertThatThrownBy(() -> deal.change(DealChange.nothing()))
          .isInstanceOf(UnknownDealException.class);
      assertThat(log.tally(deal.id())).isEmpty();
    }

    @Test
    @DisplayName("of one deal only")
    void ofOneDeal() {
      DealUnderTest other = DealUnderTest.fresh(log);
      deal.open(9);
      other.open(9);
      deal.change(DealChange.to(DealState.PAUSED).limitPerBuyer(1));
      assertThat(other.tally().terms()).isEqualTo(DealTerms.opened(other.of(9)));
      other.reserved(other.order("a", 2));
    }
  }

  @Nested
  @DisplayName("opens a deal whose terms were changed")
  class OpensAgain {

    @Test
    @DisplayName("with the first terms or the new ones, which changes nothing")
    void again() {
      Deal first = deal.of(9).withLimitPerBuyer(3).withWindow(past, future).withEvents();
      log.open(first);
      deal.sold(deal.order("a", 2));
      DealTerms changed =
          deal.change(
              DealChange.to(DealState.PAUSED).limitPerBuyer(5).closes(future.plusMillis(1)));
      Tally before = deal.tally();
      for (Deal same :
          List.of(first, changed.deal(), first.withLimitPerBuyer(7), deal.of(9).withEvents())) {
        log.open(same);
        assertThat(deal.tally()).isEqualTo(before);
      }
      log.close(deal.id());
      log.open(first);
      assertThat(deal.tally().closed()).isTrue();
    }

    @Test
    @DisplayName("not with other terms than those that can change")
    void conflicts() {
      Deal first = deal.of(9).withLimitPerBuyer(3);
      log.open(first);
      DealTerms changed = deal.change(DealChange.nothing().limitPerBuyer(5));
      for (Deal base : List.of(first, changed.deal())) {
        for (Deal other :
            List.of(
                OrderLogContract.withQuantity(base, 8),
                base.withHold(base.hold().plusMillis(1)),
                base.withLongestHold(base.longestHold().plusMillis(1)),
                base.withEvents())) {
          assertThatThrownBy(() -> log.open(other))
              .as("%s", other)
              .isInstanceOf(DealConflictException.class)
              .hasMessageContaining(deal.id());
        }
      }
      assertThat(deal.tally().terms()).isEqualTo(changed);
    }
  }

  @Nested
  @DisplayName("takes new orders by the terms as they are now:")
  class NewOrders {

    @Test
    @DisplayName("none while paused, and again once it is resumed")
    void paused() {
      deal.open(9);
      deal.reserved(deal.order("before", 1));
      deal.change(DealChange.to(DealState.PAUSED));
      assertThat(deal.reserve(deal.order("a", 1))).isEqualTo(new Paused());
      assertThat(deal.reserve(deal.order("a", 1).withPayWithin(LONG))).isEqualTo(new Paused());
      assertThat(log.reserve(List.of(deal.order("a", 1), deal.order("before", 1)), PAID))
          .containsExactly(new Paused(), new Already(RESERVED, 8));
      assertThat(log.find(deal.id(), "a")).isEmpty();
      assertThat(log.cancel(List.of(deal.order("tombstone", 1)))).containsExactly(CANCELLED);
      deal.change(DealChange.to(DealState.OPEN));
      assertThat(deal.reserve(deal.order("a", 1))).isEqualTo(new Reserved(7));
      assertThat(deal.reserve(deal.order("tombstone", 1))).isEqualTo(new Already(CANCELLED, 7));
    }

    @Test
    @DisplayName("none while closed, and again once it is opened again")
    void closed() {
      deal.open(9);
      log.close(deal.id());
      assertThat(deal.reserve(deal.order("a", 1))).isEqualTo(new Closed());
      deal.change(DealChange.to(DealState.OPEN));
      assertThat(deal.reserve(deal.order("a", 1))).isEqualTo(new Reserved(8));
      deal.change(DealChange.to(DealState.CLOSED));
      assertThat(deal.reserve(deal.order("b", 1))).isEqualTo(new Closed());
      deal.change(DealChange.to(DealState.PAUSED));
      assertThat(deal.reserve(deal.order("b", 1))).isEqualTo(new Paused());
      assertThatThrownBy(() -> log.purge(deal.id())).isInstanceOf(NothingHappenedException.class);
    }

    @Test
    @DisplayName("within the new window only")
    void window() {
      log.open(deal.of(9).withWindow(past, future));
      deal.reserved(deal.order("a", 1));
      deal.change(DealChange.nothing().closes(past.plusMillis(1)));
      assertThat(deal.reserve(deal.order("b", 1))).isEqualTo(new Closed());
      assertThat(deal.reserve(deal.order("a", 1))).isEqualTo(new Already(RESERVED, 8));
      deal.change(DealChange.nothing().opens(future).closes(future.plusMillis(1)));
      assertThat(deal.reserve(deal.order("b", 1))).isEqualTo(new NotYetOpen());
      deal.change(DealChange.nothing().opens(past));
      assertThat(deal.reserve(deal.order("b", 1))).isEqualTo(new Reserved(7));
    }

    @Test
    @DisplayName(
        "by the first limit per buyer, which counts what was reserved, held and paid before")
    void firstLimit() {
      deal.open(20);
      deal.reserved(deal.order("a", "reserved", 2));
      deal.held(deal.order("b", "held", 2));
      deal.sold(deal.order("c", "paid", 1));
      deal.held(deal.order("d", "paid", 1));
      deal.pay("d", "pay-1");
      deal.expired(deal.order("e", "gone", 1));
      deal.reserved(deal.order("f", "gone", 1));
      log.cancel(List.of(deal.order("f", "gone", 1)));
      deal.sold(deal.order("g", "gone", 1));
      deal.giveBack("g", true, false);
      log.cancel(List.of(deal.order("h", "gone", 1)));
      deal.change(DealChange.nothing().limitPerBuyer(2));
      for (String buyer : List.of("reserved", "held", "paid")) {
        assertThat(deal.reserve(deal.order("more-" + buyer, buyer, 1)))
            .as(buyer)
            .isEqualTo(new LimitReached(2));
      }
      deal.reserved(deal.order("i", "gone", 2));
      deal.reserved(deal.order("j", "new", 2));
      deal.change(DealChange.nothing().limitPerBuyer(3));
      for (String buyer : List.of("reserved", "held", "paid", "gone", "new")) {
        assertThat(deal.reserve(deal.order("two-" + buyer, buyer, 2)))
            .isEqualTo(new LimitReached(3));
        deal.reserved(deal.order("one-" + buyer, buyer, 1));
      }
    }

    @Test
    @DisplayName("by no limit once it is lifted, and what was bought meanwhile counts later")
    void limitLifted() {
      log.open(deal.of(20).withLimitPerBuyer(2));
      deal.sold(deal.order("a", 2));
      deal.change(DealChange.nothing().limitPerBuyer(0));
      deal.reserved(deal.order("b", 3));
      deal.change(DealChange.nothing().limitPerBuyer(5));
      assertThat(deal.reserve(deal.order("c", 1))).isEqualTo(new LimitReached(5));
      log.cancel(List.of(deal.order("b", 3)));
      assertThat(deal.reserve(deal.order("d", 4))).isEqualTo(new LimitReached(5));
      deal.reserved(deal.order("e", 3));
    }

    @Test
    @DisplayName("by a limit below what a buyer has, who gets no more and keeps that")
    void limitBelow() {
      log.open(deal.of(20).withLimitPerBuyer(5));
      deal.reserved(deal.order("a", 5));
      deal.change(DealChange.nothing().limitPerBuyer(2));
      assertThat(deal.reserve(deal.order("b", 1))).isEqualTo(new LimitReached(2));
      assertThat(log.confirm(List.of(deal.order("a", 5)))).containsExactly(PAID);
      deal.giveBack("a", true, false);
      assertThat(deal.reserve(deal.order("b", 3))).isEqualTo(new LimitReached(2));
      deal.reserved(deal.order("b", 2));
    }

    @Test
    @DisplayName(
        "closed or outside the window comes before paused, this before the limit and units")
    void orderOfRefusals() {
      log.open(deal.of(1).withLimitPerBuyer(1).withWindow(past, future));
      deal.sold(deal.order("a", "x", 1));
      Order order = deal.order("b", "x", 1);
      assertThat(deal.reserve(order)).isEqualTo(new LimitReached(1));
      assertThat(deal.reserve(deal.order("c", "y", 1))).isEqualTo(new SoldOut(0));
      deal.change(DealChange.to(DealState.PAUSED));
      assertThat(deal.reserve(order)).isEqualTo(new Paused());
      deal.change(DealChange.nothing().closes(past.plusMillis(1)));
      assertThat(deal.reserve(order)).isEqualTo(new Closed());
      deal.change(DealChange.nothing().opens(future).closes(Deal.NEVER));
      assertThat(deal.reserve(order)).isEqualTo(new NotYetOpen());
      deal.change(DealChange.to(DealState.CLOSED).opens(past));
      assertThat(deal.reserve(order)).isEqualTo(new Closed());
    }
  }

  @Nested
  @DisplayName("leaves orders in flight as they are, whatever the new terms:")
  class InFlight {

    @Test
    @DisplayName("they are confirmed, cancelled, extended, paid and given back")
    void goOn() {
      for (DealChange change :
          List.of(
              DealChange.to(DealState.PAUSED),
              DealChange.to(DealState.CLOSED),
              DealChange.nothing().limitPerBuyer(1),
              DealChange.nothing().closes(past),
              DealChange.nothing().opens(future))) {
        deal = DealUnderTest.fresh(log);
        deal.open(20);
        deal.reserved(deal.order("confirmed", 2));
        deal.reserved(deal.order("cancelled", 2));
        deal.held(deal.order("paid", 2));
        deal.held(deal.order("ended", 2));
        deal.change(change);
        assertThat(log.confirm(List.of(deal.order("confirmed", 2)))).containsExactly(PAID);
        assertThat(log.cancel(List.of(deal.order("cancelled", 2)))).containsExactly(CANCELLED);
        Instant until = deal.row("paid").recordedAt().plus(LONG.multipliedBy(2));
        OrderSnapshot extended =
            log.extend(List.of(new HoldExtension(deal.id(), "paid", until))).get(0).orElseThrow();
        assertThat(extended.row().until()).isEqualTo(until.truncatedTo(ChronoUnit.MILLIS));
        assertThat(deal.pay("paid", "pay-1").row().state()).isEqualTo(PAID);
        assertThat(log.endHolds(List.of(deal.order("ended", 2)), CANCELLED))
            .containsExactly(CANCELLED);
        assertThat(deal.giveBack("paid", true, false).row().state()).isEqualTo(RETURNED);
        assertThat(deal.left()).as("%s", change).isEqualTo(18);
        deal.assertBalanced();
      }
    }

    @Test
    @DisplayName("a hold that was overdue expires while paused, and a late payment still buys it")
    void lateWhilePaused() {
      deal.open(5);
      assertThat(deal.reserve(deal.order("a", 2).withPayWithin(DealUnderTest.SHORT))).isNotNull();
      deal.change(DealChange.to(DealState.PAUSED).opens(future));
      deal.awaitOverdue(1);
      assertThat(log.endHolds(List.of(deal.order("a", 2)), EXPIRED)).containsExactly(EXPIRED);
      assertThat(deal.pay("a", "pay-1").row().state()).isEqualTo(PAID);
      assertThat(deal.left()).isEqualTo(3);
    }

    @Test
    @DisplayName("a late payment buys nothing while closed, and does once it is opened again")
    void lateWhileClosed() {
      deal.open(5);
      deal.expired(deal.order("a", 2));
      deal.expired(deal.order("b", 2));
      deal.held(deal.order("c", 1));
      log.close(deal.id());
      assertThat(deal.pay("a", "pay-1").row().state()).isEqualTo(CANCELLED);
      assertThat(deal.state("c")).isEqualTo(HELD);
      deal.change(DealChange.to(DealState.OPEN));
      assertThat(deal.pay("a", "pay-1").row().state()).isEqualTo(CANCELLED);
      assertThat(deal.pay("b", "pay-2").row().state()).isEqualTo(PAID);
      assertThat(deal.left()).isEqualTo(2);
    }

    @Test
    @DisplayName("a late payment takes its units within the limit as it is now")
    void lateWithALimit() {
      deal.open(9);
      deal.expired(deal.order("a", "x", 2));
      deal.expired(deal.order("b", "x", 2));
      deal.change(DealChange.nothing().limitPerBuyer(3));
      assertThat(deal.pay("a", "pay-1").row().state()).isEqualTo(PAID);
      assertThat(deal.pay("b", "pay-2").row().state()).isEqualTo(CANCELLED);
      assertThat(deal.reserve(deal.order("c", "x", 2))).isEqualTo(new LimitReached(3));
      deal.reserved(deal.order("d", "x", 1));
    }
  }

  @Nested
  @DisplayName("once it is purged")
  class AfterThePurge {

    @Test
    @DisplayName("is neither opened nor paused again, and its other terms can change")
    void staysClosed() {
      deal.open(9);
      deal.sold(deal.order("sold", 1));
      log.cancel(List.of(deal.order("tombstone", 1)));
      log.close(deal.id());
      log.purge(deal.id());
      for (DealState state : List.of(DealState.OPEN, DealState.PAUSED)) {
        for (DealChange change :
            List.of(DealChange.to(state), DealChange.to(state).limitPerBuyer(1))) {
          assertThatThrownBy(() -> deal.change(change))
              .isInstanceOf(NothingHappenedException.class)
              .hasMessageContaining(deal.id());
        }
      }
      assertThat(deal.tally().terms()).isEqualTo(new DealTerms(deal.of(9), DealState.CLOSED, 2));
      assertThat(deal.reserve(deal.order("tombstone", 1))).isEqualTo(new Closed());
      log.close(deal.id());
      assertThat(deal.change(DealChange.nothing().limitPerBuyer(1)))
          .isEqualTo(new DealTerms(deal.of(9).withLimitPerBuyer(1), DealState.CLOSED, 3));
    }
  }

  @Nested
  @DisplayName("under concurrent reservations, once a change has returned")
  class TermRaces {

    @Test
    @DisplayName("accepts no order of a closed or paused deal")
    void closed() {
      for (DealState state : List.of(DealState.CLOSED, DealState.PAUSED)) {
        deal = DealUnderTest.fresh(log);
        deal.open(10_000);
        List<Sent> sent = race(DealChange.to(state), Crowd.orders(deal.id(), 400));
        assertThat(sent).filteredOn(Sent::afterwards).isNotEmpty().noneMatch(Sent::accepted);
        assertThat(sent)
            .filteredOn(it -> !it.accepted())
            .extracting(Sent::result)
            .containsOnly(state == DealState.CLOSED ? new Closed() : new Paused());
        assertThat(deal.tally().reserved().orders())
            .isEqualTo(sent.stream().filter(Sent::accepted).count());
        deal.assertBalanced();
      }
    }

    @Test
    @DisplayName("accepts no order beyond the new limit per buyer, also if it is the first one")
    void limited() {
      for (long limit : new long[] {0, 9}) {
        deal = DealUnderTest.fresh(log);
        log.open(deal.of(10_000).withLimitPerBuyer(limit));
        List<Order> orders =
            IntStream.range(0, 400)
                .mapToObj(i -> deal.order("o" + i, "buyer-" + i % 20, 1))
                .toList();
        List<Sent> sent = race(DealChange.nothing().limitPerBuyer(8), orders);
        Map<String, Long> accepted =
            sent.stream()
                .filter(Sent::accepted)
                .collect(Collectors.groupingBy(it -> it.order().buyerId(), Collectors.counting()));
        assertThat(accepted).hasSize(20).values().allMatch(it -> it >= 8);
        assertThat(sent)
            .filteredOn(it -> it.accepted() && it.afterwards())
            .allMatch(it -> accepted.getOrDefault(it.order().buyerId(), 0L) <= 8);
        deal.assertBalanced();
      }
    }
  }

  /** An order's result, and whether it was sent after the change had returned. */
  private record Sent(Order order, ReserveResult result, boolean afterwards) {

    boolean accepted() {
      return result instanceof Reserved;
    }
  }

  /** Reserves the orders, and makes the change when a quarter of them is sent. */
  private List<Sent> race(DealChange change, List<Order> orders) {
    AtomicBoolean changed = new AtomicBoolean();
    return Race.run(
        THREADS / 4,
        IntStream.range(0, orders.size()).boxed().toList(),
        i -> {
          if (i == orders.size() / 4) {
            deal.change(change);
            changed.set(true);
          }
          boolean afterwards = changed.get();
          return new Sent(orders.get(i), deal.reserve(orders.get(i)), afterwards);
        });
  }
}
