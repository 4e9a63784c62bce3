package io.hotdeal.contract;

import static io.hotdeal.contract.Crowd.THREADS;
import static io.hotdeal.contract.DealUnderTest.LONG;
import static io.hotdeal.contract.DealUnderTest.SHORT;
import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.EXPIRED;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.DealChange;
import io.hotdeal.DealEvent;
import io.hotdeal.DealEvent.Kind;
import io.hotdeal.DealState;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.ReserveResult.Already;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.Outbox;
import io.hotdeal.spi.Outbox.Lag;
import io.hotdeal.spi.Outbox.Reader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of the events of deals and their delivery, a part of {@link OrderLogContract}. */
public abstract class OutboxContract extends TermsContract {

  private static final Lag NO_LAG = new Lag(0, Optional.empty());

  private OrderLog log;
  private DealUnderTest deal;
  private EventsUnderTest events;

  @Override
  protected abstract OrderLog log();

  @BeforeEach
  void freshDealOfEvents() {
    log = log();
    deal = DealUnderTest.fresh(log);
    events = new EventsUnderTest(deal);
  }

  @AfterEach
  void dealOfEventsIsBalanced() {
    deal.assertBalanced();
  }

  @Nested
  @DisplayName("writes an event")
  class Writes {

    @BeforeEach
    void registered() {
      open(4);
      outbox().register(List.of("shop"), deal.id());
    }

    @Test
    @DisplayName("SOLD for an order that is paid at once, or confirmed, once")
    void sold() {
      deal.sold(deal.order("at-once", 1));
      assertThat(news()).containsExactly("SOLD at-once");
      deal.reserved(deal.order("a", 1));
      assertThat(news()).isEmpty();
      log.confirm(List.of(deal.order("a", 1)));
      assertThat(news()).containsExactly("SOLD a");
      log.reserve(List.of(deal.order("at-once", 1), deal.order("a", 1)), PAID);
      log.confirm(List.of(deal.order("a", 1), deal.order("at-once", 1), deal.order("none", 1)));
      log.cancel(List.of(deal.order("a", 1)));
      assertThat(news()).isEmpty();
    }

    @Test
    @DisplayName("SOLD for a held order with its payment, in time and late, once")
    void soldAfterAHold() {
      deal.expired(deal.order("late", 1));
      deal.held(deal.order("a", 1));
      assertThat(news()).containsExactly("EXPIRED late");
      deal.pay("a", "pay-1");
      assertThat(news()).containsExactly("SOLD a pay-1");
      deal.pay("late", "pay-2");
      assertThat(news()).containsExactly("SOLD late pay-2");
      deal.pay("a", "pay-1");
      deal.pay("late", "pay-3");
      assertThat(news()).isEmpty();
    }

    @Test
    @DisplayName("SOLD once, also if the payment's id is named later")
    void soldBeforeThePaymentIsNamed() {
      deal.held(deal.order("a", 1));
      deal.pay("a", null);
      assertThat(news()).containsExactly("SOLD a");
      deal.pay("a", "pay-1");
      assertThat(news()).isEmpty();
      deal.giveBack("a", true, true);
      assertThat(news()).containsExactly("RETURNED a pay-1");
    }

    @Test
    @DisplayName("CANCELLED for an order that was reserved, held or expired, once")
    void cancelled() {
      deal.expired(deal.order("expired", 1));
      deal.reserved(deal.order("reserved", 1));
      deal.held(deal.order("held", 1));
      news();
      log.cancel(List.of(deal.order("reserved", 1)));
      assertThat(news()).containsExactly("CANCELLED reserved");
      log.endHolds(List.of(deal.order("held", 1)), CANCELLED);
      assertThat(news()).containsExactly("CANCELLED held");
      log.endHolds(List.of(deal.order("expired", 1)), CANCELLED);
      assertThat(news()).containsExactly("CANCELLED expired");
      log.cancel(List.of(deal.order("reserved", 1), deal.order("held", 1)));
      log.endHolds(List.of(deal.order("held", 1), deal.order("expired", 1)), CANCELLED);
      deal.pay("held", "pay-1");
      assertThat(news()).isEmpty();
    }

    @Test
    @DisplayName("CANCELLED for an expired order whose payment comes too late, with that payment")
    void paidTooLate() {
      deal.expired(deal.order("a", 2));
      deal.sold(deal.order("b", 3));
      assertThat(news()).containsExactly("EXPIRED a", "SOLD b");
      deal.pay("a", "pay-1");
      assertThat(news()).containsExactly("CANCELLED a pay-1");
      deal.pay("a", "pay-1");
      assertThat(news()).isEmpty();
    }

    @Test
    @DisplayName("EXPIRED for a hold that ends at its deadline, once")
    void expired() {
      deal.held(deal.order("b", 1));
      assertThat(deal.reserve(deal.order("a", 1).withPayWithin(SHORT))).isNotNull();
      deal.awaitOverdue(1);
      for (int i = 0; i < 2; i++) {
        log.endHolds(List.of(deal.order("a", 1), deal.order("b", 1)), EXPIRED);
      }
      assertThat(news()).containsExactly("EXPIRED a");
    }

    @Test
    @DisplayName("RETURNED when a sold order is given back, and none when it is refunded")
    void returned() {
      deal.sold(deal.order("due", 1));
      deal.sold(deal.order("off", 1));
      news();
      for (int i = 0; i < 2; i++) {
        deal.giveBack("due", true, true);
        log.finishReturns(List.of(deal.order("due", 1)));
      }
      assertThat(news()).containsExactly("RETURNED due");
      deal.giveBack("off", false, false);
      deal.giveBack("off", true, true);
      assertThat(news()).containsExactly("RETURNED off");
    }

    @Test
    @DisplayName("for no reservation, hold, extension, refusal or tombstone, and for no terms")
    void nothingElse() {
      deal.reserved(deal.order("a", 1));
      deal.held(deal.order("b", 1));
      log.extend(List.of(new HoldExtension(deal.id(), "b", deal.clock().plus(LONG).plus(LONG))));
      assertThat(deal.reserve(deal.order("c", 3))).isInstanceOf(SoldOut.class);
      log.cancel(List.of(deal.order("tombstone", 1)));
      log.confirmHeld(List.of(new HoldPayment(deal.id(), "none", "pay-1")));
      log.giveBack(List.of(new OrderReturn(deal.id(), "a", true, true)));
      log.restock(deal.id(), 1, "op-1");
      deal.change(DealChange.to(DealState.PAUSED).limitPerBuyer(1));
      deal.change(DealChange.to(DealState.OPEN));
      assertThat(deal.reserve(deal.order("d", 1))).isInstanceOf(LimitReached.class);
      log.close(deal.id());
      assertThat(news()).isEmpty();
    }

    @Test
    @DisplayName("with the order as it is in the log, and the time at which it happened")
    void content() {
      Order order = deal.order("a", "x", 2);
      Instant before = deal.clock();
      log.reserve(List.of(order.asFirstAttempt()), PAID);
      Instant after = deal.clock();
      DealEvent event = newEvents().get(0);
      assertThat(event).isEqualTo(new DealEvent(deal.id(), 1, Kind.SOLD, order, null, event.at()));
      assertThat(event.at()).isBetween(before.minusMillis(1), after.plusMillis(1));
      deal.held(deal.order("b", "y", 2));
      Instant late = deal.clock();
      deal.pay("b", "pay-1");
      List<DealEvent> two = newEvents();
      assertThat(two).hasSize(2);
      assertThat(two.get(0).kind()).isEqualTo(Kind.SOLD_OUT);
      assertThat(two.get(0).order()).isNull();
      assertThat(two.get(0).paymentId()).isNull();
      assertThat(two.get(1).order()).isEqualTo(deal.order("b", "y", 2));
      assertThat(two.get(1).paymentId()).isEqualTo("pay-1");
      assertThat(two.get(1).at()).isAfterOrEqualTo(late.minusMillis(1));
    }

    @Test
    @DisplayName("for each order of a call with many, whatever the others are")
    void mixedCalls() {
      log.restock(deal.id(), 5, "op-1");
      deal.expired(deal.order("late", 1));
      deal.held(deal.order("held", 1));
      deal.reserved(deal.order("a", 1));
      deal.reserved(deal.order("b", 1));
      deal.sold(deal.order("c", 1));
      assertThat(news()).containsExactly("EXPIRED late", "SOLD c");
      log.confirm(
          List.of(
              deal.order("none", 1), deal.order("b", 1), deal.order("c", 1), deal.order("a", 1)));
      assertThat(news()).containsExactlyInAnyOrder("SOLD a", "SOLD b");
      log.confirmHeld(
          List.of(
              new HoldPayment(deal.id(), "late", "pay-1"),
              new HoldPayment(deal.id(), "c", "pay-2"),
              new HoldPayment(deal.id(), "held", "pay-3"),
              new HoldPayment(deal.id(), "held", "pay-4")));
      assertThat(news()).containsExactlyInAnyOrder("SOLD late pay-1", "SOLD held pay-3");
      log.giveBack(
          List.of(
              new OrderReturn(deal.id(), "held", true, true),
              new OrderReturn(deal.id(), "none", true, true),
              new OrderReturn(deal.id(), "held", true, false),
              new OrderReturn(deal.id(), "a", false, false)));
      assertThat(news()).containsExactlyInAnyOrder("RETURNED held pay-3", "RETURNED a");
    }
  }

  @Nested
  @DisplayName("writes SOLD_OUT and REOPENED")
  class SoldOutAndReopened {

    @BeforeEach
    void registered() {
      open(2);
      outbox().register(List.of("shop"), deal.id());
    }

    @Test
    @DisplayName("when a reservation takes the last unit, and when its cancellation gives it back")
    void reserved() {
      deal.reserved(deal.order("a", 1));
      assertThat(news()).isEmpty();
      deal.reserved(deal.order("b", 1));
      assertThat(news()).containsExactly("SOLD_OUT");
      deal.reserve(deal.order("c", 1));
      deal.reserve(deal.order("b", 1));
      log.confirm(List.of(deal.order("a", 1)));
      assertThat(news()).containsExactly("SOLD a");
      log.cancel(List.of(deal.order("b", 1)));
      assertThat(news()).containsExactly("CANCELLED b", "REOPENED");
      log.cancel(List.of(deal.order("b", 1)));
      deal.sold(deal.order("d", 1));
      assertThat(news()).containsExactly("SOLD d", "SOLD_OUT");
    }

    @Test
    @DisplayName("when a hold takes the last unit, and when its end gives it back")
    void held() {
      deal.held(deal.order("a", 2));
      assertThat(news()).containsExactly("SOLD_OUT");
      log.endHolds(List.of(deal.order("a", 2)), CANCELLED);
      assertThat(news()).containsExactly("CANCELLED a", "REOPENED");
      deal.expired(deal.order("b", 2));
      assertThat(news()).containsExactly("SOLD_OUT", "EXPIRED b", "REOPENED");
      log.endHolds(List.of(deal.order("b", 2)), CANCELLED);
      assertThat(news()).containsExactly("CANCELLED b");
    }

    @Test
    @DisplayName("when a late payment takes the last unit, and not when one comes too late")
    void paidLate() {
      deal.expired(deal.order("a", 1));
      deal.expired(deal.order("b", 1));
      deal.sold(deal.order("c", 1));
      assertThat(news()).containsExactly("EXPIRED a", "EXPIRED b", "SOLD c");
      deal.pay("a", "pay-1");
      assertThat(news()).containsExactly("SOLD a pay-1", "SOLD_OUT");
      deal.pay("b", "pay-2");
      assertThat(news()).containsExactly("CANCELLED b pay-2");
    }

    @Test
    @DisplayName("when a return puts units on sale again, and not when it writes them off")
    void returned() {
      deal.sold(deal.order("a", 1));
      deal.sold(deal.order("b", 1));
      assertThat(news()).containsExactly("SOLD a", "SOLD b", "SOLD_OUT");
      deal.giveBack("a", false, true);
      assertThat(news()).containsExactly("RETURNED a");
      deal.giveBack("b", true, true);
      assertThat(news()).containsExactly("RETURNED b", "REOPENED");
      log.finishReturns(List.of(deal.order("a", 1), deal.order("b", 1)));
      assertThat(news()).isEmpty();
    }

    @Test
    @DisplayName("when a restock adds or removes the last unit, once per operation")
    void restocked() {
      for (int i = 0; i < 2; i++) {
        log.restock(deal.id(), -2, "op-1");
      }
      assertThat(news()).containsExactly("SOLD_OUT");
      for (int i = 0; i < 2; i++) {
        log.restock(deal.id(), 3, "op-2");
      }
      assertThat(news()).containsExactly("REOPENED");
      log.restock(deal.id(), 1, "op-3");
      log.restock(deal.id(), -2, "op-4");
      assertThat(news()).isEmpty();
    }

    @Test
    @DisplayName("once per call, after the events of the orders of this call")
    void oncePerCall() {
      log.restock(deal.id(), 2, "op-1");
      deal.expired(deal.order("late", 1));
      deal.expired(deal.order("too-late", 1));
      deal.held(deal.order("held", 1));
      news();
      log.reserve(List.of(deal.order("a", 1), deal.order("b", 1), deal.order("c", 2)), PAID);
      assertThat(news()).containsExactlyInAnyOrder("SOLD a", "SOLD b");
      log.confirmHeld(
          List.of(
              new HoldPayment(deal.id(), "late", "pay-1"),
              new HoldPayment(deal.id(), "too-late", "pay-2"),
              new HoldPayment(deal.id(), "held", "pay-3")));
      List<String> paid = news();
      assertThat(paid)
          .containsExactlyInAnyOrder(
              "SOLD late pay-1", "CANCELLED too-late pay-2", "SOLD held pay-3", "SOLD_OUT")
          .endsWith("SOLD_OUT");
      log.giveBack(
          List.of(
              new OrderReturn(deal.id(), "a", true, true),
              new OrderReturn(deal.id(), "b", true, true),
              new OrderReturn(deal.id(), "held", false, true)));
      assertThat(news())
          .containsExactlyInAnyOrder("RETURNED a", "RETURNED b", "RETURNED held pay-3", "REOPENED")
          .endsWith("REOPENED");
      log.reserve(List.of(deal.order("d", 1), deal.order("e", 1), deal.order("f", 1)), RESERVED);
      assertThat(news()).containsExactly("SOLD_OUT");
      log.cancel(List.of(deal.order("d", 1), deal.order("e", 1), deal.order("tombstone", 1)));
      assertThat(news())
          .containsExactlyInAnyOrder("CANCELLED d", "CANCELLED e", "REOPENED")
          .endsWith("REOPENED");
    }
  }

  @Nested
  @DisplayName("delivers events")
  class Delivers {

    @Test
    @DisplayName("from the first one, whenever the consumer was registered")
    void fromTheFirst() {
      open(9);
      outbox().register(List.of("early"), deal.id());
      sell(1, 3);
      outbox().register(List.of("later"), deal.id());
      sell(4, 4);
      for (String consumer : List.of("early", "later")) {
        assertThat(sequences(outbox().next(reader(consumer), deal.id(), 10)))
            .containsExactly(1L, 2L, 3L, 4L);
      }
    }

    @Test
    @DisplayName("from its cursor: what it has acknowledged is not delivered again")
    void fromTheCursor() {
      open(9);
      outbox().register(List.of("shop"), deal.id());
      sell(1, 5);
      Reader reader = reader("shop");
      List<DealEvent> first = outbox().next(reader, deal.id(), 2);
      assertThat(sequences(first)).containsExactly(1L, 2L);
      assertThat(outbox().next(reader, deal.id(), 2)).isEqualTo(first);
      assertThat(outbox().acknowledge(reader, deal.id(), 1, false)).isTrue();
      assertThat(sequences(outbox().next(reader, deal.id(), 3))).containsExactly(2L, 3L, 4L);
      assertThat(outbox().acknowledge(reader, deal.id(), 4, false)).isTrue();
      outbox().register(List.of("shop"), deal.id());
      assertThat(sequences(outbox().next(reader, deal.id(), 10))).containsExactly(5L);
      assertThat(outbox().acknowledge(reader, deal.id(), 5, true)).isTrue();
      assertThat(outbox().next(reader, deal.id(), 10)).isEmpty();
      assertThatThrownBy(() -> outbox().next(reader, deal.id(), 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0");
    }

    @Test
    @DisplayName("to each consumer by a cursor of its own, which never moves back")
    void cursorsOfTheirOwn() {
      open(9);
      outbox().register(List.of("mail"), deal.id());
      outbox().register(List.of("shop"), deal.id());
      sell(1, 3);
      Reader mail = reader("mail");
      outbox().next(mail, deal.id(), 10);
      assertThat(outbox().acknowledge(mail, deal.id(), 3, false)).isTrue();
      assertThat(outbox().acknowledge(mail, deal.id(), 2, false)).isTrue();
      assertThat(outbox().next(mail, deal.id(), 10)).isEmpty();
      assertThat(sequences(outbox().next(reader("shop"), deal.id(), 10)))
          .containsExactly(1L, 2L, 3L);
    }

    @Test
    @DisplayName("of each deal apart")
    void dealsApart() {
      open(9);
      DealUnderTest other = DealUnderTest.fresh(log);
      log.open(other.of(9).withEvents());
      outbox().register(List.of("shop"), deal.id());
      outbox().register(List.of("shop"), other.id());
      sell(1, 2);
      other.sold(other.order("x", 1));
      assertThat(sequences(outbox().next(reader("shop"), deal.id(), 10))).containsExactly(1L, 2L);
      List<DealEvent> others = outbox().next(reader("shop"), other.id(), 10);
      assertThat(others).extracting(DealEvent::dealId).containsExactly(other.id());
      assertThat(sequences(others)).containsExactly(1L);
    }

    @Test
    @DisplayName("until all registered consumers have acknowledged them: then they are removed")
    void removed() {
      open(9);
      outbox().register(List.of("mail"), deal.id());
      outbox().register(List.of("shop"), deal.id());
      sell(1, 3);
      acknowledge("mail", 3);
      acknowledge("shop", 1);
      outbox().register(List.of("third"), deal.id());
      assertThat(sequences(outbox().next(reader("third"), deal.id(), 10))).containsExactly(2L, 3L);
      acknowledge("shop", 3);
      acknowledge("third", 3);
      outbox().register(List.of("fourth"), deal.id());
      assertThat(outbox().next(reader("fourth"), deal.id(), 10)).isEmpty();
      assertThat(outbox().lag("fourth", deal.id())).contains(NO_LAG);
      sell(4, 4);
      for (String consumer : List.of("mail", "shop", "third", "fourth")) {
        assertThat(sequences(outbox().next(reader(consumer), deal.id(), 10)))
            .as(consumer)
            .containsExactly(4L);
      }
    }

    @Test
    @DisplayName("to no consumer that is not registered, and no event of a deal that has none")
    void notToOthers() {
      open(9);
      sell(1, 1);
      assertThat(outbox().next(reader("shop"), deal.id(), 10)).isEmpty();
      assertThat(outbox().acknowledge(reader("shop"), deal.id(), 1, true)).isFalse();
      assertThat(outbox().lag("shop", deal.id())).isEmpty();
      assertThat(outbox().pending("shop", List.of(deal.id()))).isEmpty();
      DealUnderTest quiet = DealUnderTest.fresh(log);
      quiet.open(1);
      outbox().register(List.of("shop"), quiet.id());
      quiet.held(quiet.order("a", 1));
      quiet.pay("a", "pay-1");
      quiet.giveBack("a", true, true);
      assertThat(outbox().next(reader("shop"), quiet.id(), 10)).isEmpty();
      assertThat(outbox().pending("shop", List.of(quiet.id()))).isEmpty();
    }

    @Test
    @DisplayName("nothing of a deal that was never opened")
    void unknownDeal() {
      outbox().register(List.of("shop"), deal.id());
      assertThat(outbox().next(reader("shop"), deal.id(), 10)).isEmpty();
      assertThat(outbox().acknowledge(reader("shop"), deal.id(), 1, true)).isFalse();
      assertThat(outbox().lag("shop", deal.id())).isEmpty();
      assertThat(outbox().pending("shop", List.of(deal.id()))).isEmpty();
      outbox().unregister("shop", deal.id());
    }

    @Test
    @DisplayName("no more to a consumer that is unregistered, and lets them go")
    void unregistered() {
      open(9);
      outbox().register(List.of("mail"), deal.id());
      outbox().register(List.of("shop"), deal.id());
      sell(1, 2);
      Reader shop = reader("shop");
      outbox().next(shop, deal.id(), 10);
      acknowledge("mail", 2);
      outbox().unregister("shop", deal.id());
      outbox().unregister("shop", deal.id());
      assertThat(outbox().acknowledge(shop, deal.id(), 2, false)).isFalse();
      assertThat(outbox().next(shop, deal.id(), 10)).isEmpty();
      assertThat(outbox().lag("shop", deal.id())).isEmpty();
      outbox().register(List.of("late"), deal.id());
      assertThat(outbox().lag("late", deal.id())).as("events that nobody needs").contains(NO_LAG);
      outbox().unregister("late", deal.id());
      sell(3, 3);
      assertThat(outbox().pending("shop", List.of(deal.id()))).isEmpty();
      acknowledge("mail", 3);
      outbox().register(List.of("shop"), deal.id());
      assertThat(outbox().lag("shop", deal.id()).orElseThrow().events()).isZero();
      sell(4, 4);
      assertThat(sequences(outbox().next(new Reader("shop", "other", LONG), deal.id(), 10)))
          .containsExactly(4L);
    }
  }

  @Nested
  @DisplayName("tells how far behind a consumer is:")
  class Lags {

    @Test
    @DisplayName("the deals in which it has events to come")
    void pending() {
      open(9);
      DealUnderTest other = DealUnderTest.fresh(log);
      log.open(other.of(9).withEvents());
      List<String> deals = List.of(other.id(), deal.id(), deal.id() + "-x");
      outbox().register(List.of("shop"), deal.id());
      outbox().register(List.of("shop"), other.id());
      outbox().register(List.of("mail"), deal.id());
      assertThat(outbox().pending("shop", deals)).isEmpty();
      sell(1, 2);
      assertThat(outbox().pending("shop", deals)).containsExactly(deal.id());
      other.sold(other.order("a", 1));
      assertThat(outbox().pending("shop", deals)).containsExactlyInAnyOrder(deal.id(), other.id());
      assertThat(outbox().pending("shop", List.of(other.id()))).containsExactly(other.id());
      assertThat(outbox().pending("shop", List.of())).isEmpty();
      acknowledge("shop", 1);
      assertThat(outbox().pending("shop", deals)).contains(deal.id());
      acknowledge("shop", 2);
      assertThat(outbox().pending("shop", deals)).containsExactly(other.id());
      assertThat(outbox().pending("mail", deals)).containsExactly(deal.id());
    }

    @Test
    @DisplayName("the number of its events to come, and the oldest")
    void lag() {
      open(9);
      outbox().register(List.of("shop"), deal.id());
      assertThat(outbox().lag("shop", deal.id())).contains(NO_LAG);
      sell(1, 3);
      List<DealEvent> events = outbox().next(reader("shop"), deal.id(), 10);
      assertThat(outbox().lag("shop", deal.id())).contains(new Lag(3, Optional.of(events.get(0))));
      acknowledge("shop", 2);
      assertThat(outbox().lag("shop", deal.id())).contains(new Lag(1, Optional.of(events.get(2))));
      acknowledge("shop", 3);
      assertThat(outbox().lag("shop", deal.id())).contains(NO_LAG);
    }
  }

  @Nested
  @DisplayName("leases the delivery to one reader")
  class Leases {

    private final Reader one = new Reader("shop", "one", LONG);
    private final Reader two = new Reader("shop", "two", LONG);

    @BeforeEach
    void events() {
      open(9);
      outbox().register(List.of("shop"), deal.id());
      sell(1, 3);
    }

    @Test
    @DisplayName("until it acknowledges its last event")
    void untilTheLast() {
      assertThat(outbox().next(one, deal.id(), 2)).hasSize(2);
      assertThat(outbox().next(two, deal.id(), 2)).isEmpty();
      assertThat(outbox().acknowledge(two, deal.id(), 1, true)).isFalse();
      assertThat(outbox().acknowledge(one, deal.id(), 1, false)).isTrue();
      assertThat(outbox().next(two, deal.id(), 2)).isEmpty();
      assertThat(outbox().next(one, deal.id(), 1)).hasSize(1);
      assertThat(outbox().acknowledge(one, deal.id(), 2, true)).isTrue();
      assertThat(outbox().acknowledge(one, deal.id(), 3, true)).isFalse();
      assertThat(sequences(outbox().next(two, deal.id(), 2))).containsExactly(3L);
      assertThat(outbox().next(one, deal.id(), 2)).isEmpty();
    }

    @Test
    @DisplayName("until the lease has ended: then another delivers the same events, and it cannot")
    void takenOver() {
      assertThat(outbox().next(one, deal.id(), 2)).hasSize(2);
      assertThat(outbox().next(two, deal.id(), 2)).isEmpty();
      outbox().next(new Reader("shop", "one", SHORT), deal.id(), 2);
      assertThat(sequences(awaitEvents(two))).containsExactly(1L, 2L, 3L);
      Lag before = outbox().lag("shop", deal.id()).orElseThrow();
      assertThat(outbox().next(one, deal.id(), 2)).isEmpty();
      for (boolean last : new boolean[] {false, true}) {
        assertThat(outbox().acknowledge(one, deal.id(), 2, last)).isFalse();
      }
      assertThat(outbox().lag("shop", deal.id())).contains(before);
      assertThat(before.events()).isEqualTo(3);
      assertThat(outbox().next(one, deal.id(), 2)).isEmpty();
      assertThat(outbox().acknowledge(two, deal.id(), 3, true)).isTrue();
      assertThat(outbox().lag("shop", deal.id()).orElseThrow().events()).isZero();
    }

    @Test
    @DisplayName("which may acknowledge after the lease, if no other has taken it over")
    void overAndNotTaken() {
      outbox().next(new Reader("shop", "one", SHORT), deal.id(), 2);
      awaitClock(deal.clock().plus(SHORT).plusMillis(5));
      assertThat(outbox().acknowledge(one, deal.id(), 2, false)).isTrue();
      assertThat(sequences(outbox().next(two, deal.id(), 2))).containsExactly(3L);
      assertThat(outbox().acknowledge(one, deal.id(), 3, true)).isFalse();
    }

    @Test
    @DisplayName("until it finds no more events")
    void untilThereAreNone() {
      outbox().next(one, deal.id(), 3);
      assertThat(outbox().acknowledge(one, deal.id(), 3, false)).isTrue();
      assertThat(outbox().next(one, deal.id(), 3)).isEmpty();
      sell(4, 4);
      assertThat(sequences(outbox().next(two, deal.id(), 3))).containsExactly(4L);
    }

    @Test
    @DisplayName("who renews it by its next read, for so long from then on")
    void renewed() {
      Reader brief = new Reader("shop", "one", SHORT);
      outbox().next(brief, deal.id(), 1);
      assertThat(outbox().next(one, deal.id(), 1)).hasSize(1);
      Instant now = deal.clock();
      awaitClock(now.plusMillis(5));
      assertThat(outbox().next(two, deal.id(), 1)).isEmpty();
      assertThat(outbox().acknowledge(one, deal.id(), 1, true)).isTrue();
    }

    @Test
    @DisplayName("per consumer and per deal, none of which waits for another")
    void apart() {
      DealUnderTest other = DealUnderTest.fresh(log);
      log.open(other.of(9).withEvents());
      other.sold(other.order("a", 1));
      outbox().register(List.of("shop"), other.id());
      outbox().register(List.of("mail"), deal.id());
      assertThat(outbox().next(one, deal.id(), 5)).hasSize(3);
      assertThat(outbox().next(two, other.id(), 5)).hasSize(1);
      assertThat(outbox().next(new Reader("mail", "two", LONG), deal.id(), 5)).hasSize(3);
      assertThat(outbox().acknowledge(two, deal.id(), 3, true)).isFalse();
    }

    @Test
    @DisplayName("at a time: many that compete deliver each event once, in order")
    void competing() {
      log.restock(deal.id(), 100, "op-1");
      sell(4, 60);
      List<Long> delivered = Collections.synchronizedList(new ArrayList<>());
      Race.run(
          8,
          IntStream.range(0, 8).boxed().toList(),
          i -> {
            Reader reader = new Reader("shop", "owner-" + i, LONG);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!outbox().pending("shop", List.of(deal.id())).isEmpty()) {
              assertThat(System.nanoTime()).as("delivered within 60 s").isLessThan(deadline);
              List<DealEvent> page = outbox().next(reader, deal.id(), 7);
              if (!page.isEmpty()) {
                delivered.addAll(sequences(page));
                long last = page.get(page.size() - 1).sequence();
                assertThat(outbox().acknowledge(reader, deal.id(), last, true)).isTrue();
              }
            }
            return true;
          });
      assertThat(delivered)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
    }

    private List<DealEvent> awaitEvents(Reader reader) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      List<DealEvent> events = outbox().next(reader, deal.id(), 10);
      while (events.isEmpty()) {
        assertThat(System.nanoTime()).as("the lease ends within 30 s").isLessThan(deadline);
        Thread.onSpinWait();
        events = outbox().next(reader, deal.id(), 10);
      }
      return events;
    }

    private void awaitClock(Instant time) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (deal.clock().isBefore(time)) {
        assertThat(System.nanoTime()).as("the log's clock moves").isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
  }

  @Nested
  @DisplayName("purges a deal with events")
  class PurgesEvents {

    @BeforeEach
    void closed() {
      open(9);
      outbox().register(List.of("shop"), deal.id());
      sell(1, 2);
      log.cancel(List.of(deal.order("tombstone", 1)));
      log.close(deal.id());
    }

    @Test
    @DisplayName("only when every registered consumer has acknowledged all of them")
    void afterTheLast() {
      outbox().register(List.of("mail"), deal.id());
      acknowledge("mail", 2);
      acknowledge("shop", 1);
      assertThatThrownBy(() -> log.purge(deal.id()))
          .isInstanceOf(NothingHappenedException.class)
          .hasMessageContaining(deal.id());
      assertThat(deal.reserve(deal.order("tombstone", 1))).isEqualTo(new Already(CANCELLED, 7));
      assertThat(sequences(outbox().next(reader("shop"), deal.id(), 10))).containsExactly(2L);
      acknowledge("shop", 2);
      assertThat(log.purge(deal.id())).isEqualTo(1);
      assertThat(log.purge(deal.id())).isZero();
    }

    @Test
    @DisplayName("when a consumer that lags is unregistered, with the events that nobody read")
    void unregistered() {
      assertThatThrownBy(() -> log.purge(deal.id())).isInstanceOf(NothingHappenedException.class);
      outbox().unregister("shop", deal.id());
      assertThat(log.purge(deal.id())).isEqualTo(1);
      outbox().register(List.of("late"), deal.id());
      assertThat(outbox().next(reader("late"), deal.id(), 10)).isEmpty();
      assertThat(outbox().pending("late", List.of(deal.id()))).isEmpty();
    }

    @Test
    @DisplayName("and numbers what happens afterwards on, for the same consumers")
    void andThen() {
      acknowledge("shop", 2);
      log.purge(deal.id());
      deal.giveBack("o-1", true, false);
      List<DealEvent> events = outbox().next(reader("shop"), deal.id(), 10);
      assertThat(sequences(events)).containsExactly(3L);
      assertThat(events.get(0).kind()).isEqualTo(Kind.RETURNED);
      assertThatThrownBy(() -> log.purge(deal.id())).isInstanceOf(NothingHappenedException.class);
      acknowledge("shop", 3);
      assertThat(log.purge(deal.id())).isZero();
    }
  }

  @Nested
  @DisplayName("under concurrent calls with events")
  class EventRaces {

    @Test
    @DisplayName("numbers them without a gap, so that a consumer that reads meanwhile misses none")
    void withoutAGap() {
      int units = 150;
      open(units);
      outbox().register(List.of("shop"), deal.id());
      List<Runnable> calls = new ArrayList<>();
      List<DealEvent> read = Collections.synchronizedList(new ArrayList<>());
      calls.add(() -> read.addAll(readAll(units + 1)));
      for (List<Order> call : Crowd.callsWithDuplicates(Crowd.orders(deal.id(), 300), 400, 12)) {
        calls.add(() -> log.reserve(call, PAID));
      }
      run(calls);
      assertThat(sequences(read))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, units + 1).boxed().toList());
      assertThat(read.get(units).kind()).isEqualTo(Kind.SOLD_OUT);
      assertThat(read.subList(0, units))
          .allMatch(it -> it.kind() == Kind.SOLD)
          .extracting(it -> it.order().id())
          .doesNotHaveDuplicates();
      assertThat(outbox().lag("shop", deal.id()).orElseThrow().events()).isZero();
    }

    @Test
    @DisplayName("writes each event once, in the order in which things happened")
    void inOrder() {
      int units = 10;
      open(units);
      outbox().register(List.of("shop"), deal.id());
      List<Order> orders = Crowd.orders(deal.id(), 80);
      List<Runnable> calls = new ArrayList<>();
      for (int i = 0; i < orders.size(); i++) {
        Order order = orders.get(i);
        List<Order> one = List.of(order);
        OrderReturn back = new OrderReturn(deal.id(), order.id(), i % 4 != 0, i % 3 == 0);
        calls.add(() -> log.reserve(one, RESERVED));
        calls.add(() -> log.confirm(one));
        calls.add(i % 2 == 0 ? () -> log.cancel(one) : () -> log.confirm(one));
        calls.add(() -> log.giveBack(List.of(back, back)));
      }
      run(calls);
      List<DealEvent> events = newEvents();
      boolean soldOut = false;
      for (DealEvent event : events) {
        if (event.order() == null) {
          assertThat(event.kind()).isEqualTo(soldOut ? Kind.REOPENED : Kind.SOLD_OUT);
          soldOut = !soldOut;
        }
      }
      assertThat(soldOut).isEqualTo(deal.left() == 0);
      for (Order order : orders) {
        List<Kind> kinds =
            events.stream()
                .filter(it -> it.order() != null && it.order().id().equals(order.id()))
                .map(DealEvent::kind)
                .toList();
        List<Kind> expected =
            switch (log.find(deal.id(), order.id()).map(it -> it.state()).orElse(RESERVED)) {
              case PAID -> List.of(Kind.SOLD);
              case RETURNING, RETURNED -> List.of(Kind.SOLD, Kind.RETURNED);
              default -> kinds.isEmpty() ? List.of() : List.of(Kind.CANCELLED);
            };
        assertThat(kinds).as(order.id()).isEqualTo(expected);
      }
    }

    private List<DealEvent> readAll(int count) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      Reader reader = reader("shop");
      List<DealEvent> read = new ArrayList<>();
      while (read.size() < count) {
        assertThat(System.nanoTime()).as("%s events read", read.size()).isLessThan(deadline);
        List<DealEvent> page = outbox().next(reader, deal.id(), 7);
        read.addAll(page);
        if (!page.isEmpty()) {
          long last = page.get(page.size() - 1).sequence();
          assertThat(outbox().acknowledge(reader, deal.id(), last, false)).isTrue();
        }
      }
      return read;
    }

    private void run(List<Runnable> calls) {
      Race.run(
          THREADS,
          calls,
          call -> {
            call.run();
            return true;
          });
    }
  }

  private void open(long quantity) {
    log.open(deal.of(quantity).withEvents());
  }

  /** A new one each time: what it wrote is in the log. */
  private Outbox outbox() {
    return log.outbox();
  }

  private static Reader reader(String consumer) {
    return new Reader(consumer, "one", LONG);
  }

  /** Sells the orders from "o-first" to "o-last", of one unit and one event each. */
  private void sell(int first, int last) {
    IntStream.rangeClosed(first, last).forEach(i -> deal.sold(deal.order("o-" + i, 1)));
  }

  private void acknowledge(String consumer, long sequence) {
    outbox().next(reader(consumer), deal.id(), 10);
    assertThat(outbox().acknowledge(reader(consumer), deal.id(), sequence, true)).isTrue();
  }

  /** The events since the last call, acknowledged by the consumer "shop". */
  private List<DealEvent> newEvents() {
    return events.next();
  }

  /** The same as words, such as "SOLD order-1 payment-1". */
  private List<String> news() {
    return events.news();
  }

  private static List<Long> sequences(List<DealEvent> events) {
    return events.stream().map(DealEvent::sequence).toList();
  }
}
