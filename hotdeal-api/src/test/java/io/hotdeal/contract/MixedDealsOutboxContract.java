package io.hotdeal.contract;

import static io.hotdeal.contract.DealUnderTest.SHORT;
import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.EXPIRED;
import static io.hotdeal.spi.OrderState.HELD;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Order;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderReturn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of the events of calls of several deals, a part of {@link OrderLogContract}. */
public abstract class MixedDealsOutboxContract extends MixedDealsContract {

  private OrderLog log;

  @Override
  protected abstract OrderLog log();

  @BeforeEach
  void logOfEvents() {
    log = log();
  }

  @Nested
  @DisplayName("writes the events of several deals that one call changes:")
  class EventsOfSeveralDeals {

    private EventsUnderTest ofA;
    private EventsUnderTest ofB;
    private EventsUnderTest ofC;
    private DealUnderTest silent;

    @BeforeEach
    void opened() {
      log.open(a.of(2).withEvents());
      log.open(b.of(3).withEvents());
      log.open(c.of(9).withEvents());
      silent = deals.fresh();
      silent.open(9);
      ofA = new EventsUnderTest(a).registered();
      ofB = new EventsUnderTest(b).registered();
      ofC = new EventsUnderTest(c).registered();
    }

    @Test
    @DisplayName("SOLD in each deal, and SOLD_OUT last")
    void soldAtOnce() {
      List<Order> orders =
          List.of(
              a.order("1", 1),
              b.order("1", 1),
              silent.order("1", 1),
              c.order("1", 1),
              a.order("2", 1),
              unopened.order("1", 1),
              b.order("2", 2),
              a.order("3", 1),
              c.order("2", 1));
      deals.reserve(orders, PAID);
      assertNews(ofA, "SOLD_OUT", "SOLD 1", "SOLD 2");
      assertNews(ofB, "SOLD_OUT", "SOLD 1", "SOLD 2");
      assertThat(ofC.news()).containsExactlyInAnyOrder("SOLD 1", "SOLD 2");
      deals.reserve(orders, PAID);
      deals.reserve(List.of(a.order("4", 1), b.order("4", 1), silent.order("4", 1)), PAID);
      assertNoNews();
      deals.reserve(List.of(c.order("3", 7), a.order("5", 1)), PAID);
      assertThat(ofC.news()).containsExactly("SOLD 3", "SOLD_OUT");
      assertNoNews();
    }

    @Test
    @DisplayName("SOLD_OUT when they are reserved, SOLD when they are confirmed")
    void confirmed() {
      List<Order> orders =
          List.of(
              b.order("1", 3),
              a.order("1", 1),
              silent.order("1", 1),
              c.order("1", 1),
              a.order("2", 1));
      deals.reserve(orders, RESERVED);
      assertThat(ofA.news()).containsExactly("SOLD_OUT");
      assertThat(ofB.news()).containsExactly("SOLD_OUT");
      assertNoNews();
      for (int attempt = 0; attempt < 2; attempt++) {
        MixedCalls.call(
            List.of(orders.get(0), a.order("none", 1), orders.get(3), orders.get(2), orders.get(4)),
            log::confirm);
      }
      assertThat(ofA.news()).containsExactly("SOLD 2");
      assertThat(ofB.news()).containsExactly("SOLD 1");
      assertThat(ofC.news()).containsExactly("SOLD 1");
      assertNoNews();
    }

    @Test
    @DisplayName("CANCELLED in each deal, and REOPENED last; none for tombstones")
    void cancelled() {
      deals.reserve(
          List.of(a.order("1", 1), b.order("1", 3), a.order("2", 1), c.order("1", 1)), RESERVED);
      deals.reserve(List.of(c.order("sold", 1), silent.order("1", 1)), RESERVED);
      log.confirm(List.of(c.order("sold", 1)));
      newsOfAll();
      List<Order> orders =
          List.of(
              a.order("2", 1),
              c.order("sold", 1),
              silent.order("1", 1),
              b.order("none", 1),
              a.order("1", 1),
              c.order("1", 1),
              b.order("1", 3));
      for (int attempt = 0; attempt < 2; attempt++) {
        MixedCalls.call(orders, log::cancel);
      }
      assertNews(ofA, "REOPENED", "CANCELLED 1", "CANCELLED 2");
      assertNews(ofB, "REOPENED", "CANCELLED 1");
      assertThat(ofC.news()).containsExactly("CANCELLED 1");
      assertNoNews();
    }

    @Test
    @DisplayName("those of holds: SOLD with the payment, CANCELLED if it is too late, EXPIRED")
    void holds() {
      a.expired(a.order("late", 2));
      b.expired(b.order("too-late", 1));
      deals.reserve(List.of(b.order("held", 3), c.order("held", 1), silent.order("held", 1)), HELD);
      newsOfAll();
      MixedCalls.call(
          List.of(
              c.payment("held", "pay-1"),
              b.payment("too-late", "pay-2"),
              silent.payment("held", "pay-3"),
              a.payment("late", "pay-4"),
              c.payment("held", "pay-5")),
          log::confirmHeld);
      assertThat(ofA.news()).containsExactly("SOLD late pay-4", "SOLD_OUT");
      assertThat(ofB.news()).containsExactly("CANCELLED too-late pay-2");
      assertThat(ofC.news()).containsExactly("SOLD held pay-1");
      Order overdue = c.order("overdue", 1).withPayWithin(SHORT);
      deals.reserve(List.of(overdue, silent.order("overdue", 1).withPayWithin(SHORT)), RESERVED);
      c.awaitOverdue(1);
      MixedCalls.call(
          List.of(b.order("held", 3), overdue, a.order("late", 2)),
          some -> log.endHolds(some, EXPIRED));
      assertThat(ofC.news()).containsExactly("EXPIRED overdue");
      assertNoNews();
      MixedCalls.call(
          List.of(overdue, a.order("late", 2), b.order("held", 3)),
          some -> log.endHolds(some, CANCELLED));
      assertThat(ofB.news()).containsExactly("CANCELLED held", "REOPENED");
      assertThat(ofC.news()).containsExactly("CANCELLED overdue");
      assertNoNews();
    }

    @Test
    @DisplayName("RETURNED in each deal, and REOPENED last if units are on sale again")
    void returned() {
      deals.reserve(
          List.of(a.order("1", 1), b.order("1", 3), a.order("2", 1), c.order("1", 1)), PAID);
      deals.reserve(List.of(silent.order("1", 1), c.order("reserved", 1)), RESERVED);
      newsOfAll();
      for (int attempt = 0; attempt < 2; attempt++) {
        MixedCalls.call(
            List.of(
                new OrderReturn(b.id(), "1", false, true),
                new OrderReturn(a.id(), "2", true, true),
                new OrderReturn(silent.id(), "1", true, true),
                new OrderReturn(c.id(), "1", true, false),
                new OrderReturn(a.id(), "1", true, true),
                new OrderReturn(c.id(), "reserved", true, false)),
            log::giveBack);
      }
      assertNews(ofA, "REOPENED", "RETURNED 1", "RETURNED 2");
      assertThat(ofB.news()).containsExactly("RETURNED 1");
      assertThat(ofC.news()).containsExactly("RETURNED 1");
      MixedCalls.call(List.of(a.order("1", 1), b.order("1", 3)), log::finishReturns);
      assertNoNews();
    }

    private void assertNews(EventsUnderTest events, String last, String... before) {
      List<String> news = events.news();
      assertThat(news).endsWith(last).hasSize(before.length + 1);
      assertThat(news).contains(before);
    }

    private List<String> newsOfAll() {
      List<String> news = new ArrayList<>(ofA.news());
      news.addAll(ofB.news());
      news.addAll(ofC.news());
      return news;
    }

    private void assertNoNews() {
      assertThat(newsOfAll()).isEmpty();
    }
  }
}
