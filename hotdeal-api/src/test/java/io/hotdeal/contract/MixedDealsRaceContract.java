package io.hotdeal.contract;

import static io.hotdeal.spi.OrderState.CANCELLED;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.DealEvent;
import io.hotdeal.DealEvent.Kind;
import io.hotdeal.Order;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.ReserveResult;
import io.hotdeal.ReserveResult.Already;
import io.hotdeal.ReserveResult.Held;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.contract.MixedRace.Answer;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import io.hotdeal.spi.Tally.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of concurrent calls of several deals, a part of {@link OrderLogContract}. */
public abstract class MixedDealsRaceContract extends MixedDealsOutboxContract {

  private final List<DealUnderTest> contested = new ArrayList<>();
  private OrderLog log;
  private OrderLog another;

  @Override
  protected abstract OrderLog log();

  @BeforeEach
  void freshDealsOfRaces() {
    log = log();
    another = anotherLog();
    MixedRace.UNITS.forEach(units -> contested.add(deals.fresh()));
  }

  @Nested
  @DisplayName("under concurrent calls of the same deals in opposite orders, at two instances,")
  class OppositeOrders {

    @Test
    @DisplayName("sells exactly the units of each deal, and each id gets one result")
    void neverOversells() {
      open();
      assertSold(reserve(MixedRace.calls(orders(), 8), RESERVED), RESERVED);
    }

    @ParameterizedTest(name = "as {0}")
    @EnumSource(names = {"PAID", "HELD"})
    @DisplayName("sells exactly the units of each deal, also beside calls of one of them")
    void besideCallsOfOneDeal(OrderState as) {
      open();
      assertSold(reserve(MixedRace.besideCallsOfOneDeal(orders()), as), as);
    }

    @Test
    @DisplayName("enforces the limit per buyer of each deal")
    void limits() {
      contested.forEach(deal -> log.open(deal.of(1000).withLimitPerBuyer(3)));
      List<Answer<ReserveResult>> answers =
          reserve(MixedRace.calls(MixedRace.ofFewBuyers(ids()), 8), PAID);
      int sold =
          MixedRace.assertLimited(
              answers, 3, MixedDealsRaceContract::isFirst, Already.class::isInstance);
      for (DealUnderTest deal : contested) {
        assertThat(deal.tally().paid()).isEqualTo(new Count(sold, sold));
        assertThat(deal.left()).isEqualTo(1000 - sold);
      }
    }

    @Test
    @DisplayName("gives each order one final state, while it is reserved or held, and decided")
    void oneFinalState() {
      open();
      Map<String, Set<OrderState>> seen = new ConcurrentHashMap<>();
      List<Runnable> calls = new ArrayList<>();
      for (List<Order> call : MixedRace.calls(orders(), 2)) {
        OrderLog one = inTurn(calls);
        List<Order> sent = call.stream().map(MixedDealsRaceContract::everyOtherHeld).toList();
        List<HoldPayment> payments =
            call.stream().map(it -> new HoldPayment(it.dealId(), it.id(), "pay")).toList();
        calls.add(() -> MixedCalls.call(sent, some -> one.reserve(some, RESERVED)));
        calls.add(() -> see(seen, call, MixedCalls.call(call, one::confirm)));
        calls.add(() -> see(seen, call, states(MixedCalls.call(payments, one::confirmHeld))));
        calls.add(() -> see(seen, call, endHolds(one, call)));
        calls.add(() -> call.forEach(it -> see(seen, List.of(it), one.cancel(List.of(it)))));
      }
      run(calls);
      for (List<Order> ofDeal : orders()) {
        endHolds(log, ofDeal);
        for (Order order : ofDeal) {
          OrderState state = log.find(order.dealId(), order.id()).orElseThrow().state();
          assertThat(state.isFinal()).as("%s is %s", order, state).isTrue();
          assertThat(seen.get(MixedRace.key(order)))
              .as("%s", order)
              .filteredOn(OrderState::isFinal)
              .isSubsetOf(state);
        }
      }
      for (int i = 0; i < contested.size(); i++) {
        Tally tally = contested.get(i).tally();
        assertThat(tally.left() + tally.paid().units())
            .as("%s", tally)
            .isEqualTo((long) MixedRace.UNITS.get(i));
      }
    }

    @Test
    @DisplayName("numbers the events of each deal without a gap, and SOLD_OUT comes last")
    void events() {
      List<EventsUnderTest> events = openWithEvents();
      assertSold(reserve(MixedRace.besideCallsOfOneDeal(orders()), PAID), PAID);
      for (int i = 0; i < contested.size(); i++) {
        int units = MixedRace.UNITS.get(i);
        List<DealEvent> ofDeal = events.get(i).next();
        assertThat(ofDeal).hasSize(units + 1);
        assertThat(ofDeal.get(units).kind()).isEqualTo(Kind.SOLD_OUT);
        assertThat(ofDeal.subList(0, units))
            .allMatch(it -> it.kind() == Kind.SOLD)
            .extracting(it -> it.order().id())
            .doesNotHaveDuplicates();
      }
    }

    @Test
    @DisplayName("writes SOLD_OUT and REOPENED of each deal in turn, and one event per verdict")
    void reopened() {
      List<EventsUnderTest> events = openWithEvents();
      List<Runnable> calls = new ArrayList<>();
      for (List<Order> call : MixedRace.calls(orders(), 2)) {
        OrderLog one = inTurn(calls);
        calls.add(() -> reserveAndDecide(one, call));
      }
      run(calls);
      for (int i = 0; i < contested.size(); i++) {
        assertInTurn(contested.get(i), events.get(i).next());
      }
    }

    /** Without tombstones: where they and others are cancelled together, stores may deadlock. */
    private void reserveAndDecide(OrderLog one, List<Order> call) {
      List<ReserveResult> results = MixedCalls.call(call, some -> one.reserve(some, RESERVED));
      List<Order> taken =
          IntStream.range(0, call.size())
              .filter(i -> !results.get(i).equals(new SoldOut(0)))
              .mapToObj(call::get)
              .toList();
      MixedCalls.call(taken.subList(0, Math.min(taken.size(), 6)), one::confirm);
      MixedCalls.call(taken, one::cancel);
    }

    private void assertInTurn(DealUnderTest deal, List<DealEvent> events) {
      boolean soldOut = false;
      Map<String, Kind> verdicts = new HashMap<>();
      for (DealEvent event : events) {
        if (event.order() == null) {
          assertThat(event.kind()).isEqualTo(soldOut ? Kind.REOPENED : Kind.SOLD_OUT);
          soldOut = !soldOut;
        } else {
          assertThat(verdicts.put(event.order().id(), event.kind())).isNull();
        }
      }
      assertThat(soldOut).isEqualTo(deal.left() == 0);
      assertThat(verdicts.values())
          .filteredOn(it -> it == Kind.SOLD)
          .hasSize((int) deal.tally().paid().orders());
      verdicts.forEach(
          (id, kind) -> assertThat(deal.state(id)).isEqualTo(kind == Kind.SOLD ? PAID : CANCELLED));
    }
  }

  private void open() {
    for (int i = 0; i < contested.size(); i++) {
      contested.get(i).open(MixedRace.UNITS.get(i));
    }
  }

  private List<EventsUnderTest> openWithEvents() {
    List<EventsUnderTest> events = new ArrayList<>();
    for (int i = 0; i < contested.size(); i++) {
      log.open(contested.get(i).of(MixedRace.UNITS.get(i)).withEvents());
      events.add(new EventsUnderTest(contested.get(i)).registered());
    }
    return events;
  }

  private List<String> ids() {
    return contested.stream().map(DealUnderTest::id).toList();
  }

  private List<List<Order>> orders() {
    return MixedRace.orders(ids());
  }

  private List<Answer<ReserveResult>> reserve(List<List<Order>> calls, OrderState as) {
    return MixedRace.run(
        List.of(log, another), calls, (one, call) -> DealsUnderTest.reserve(one, call, as));
  }

  private void assertSold(List<Answer<ReserveResult>> answers, OrderState as) {
    MixedRace.assertTaken(
        ids(), answers, MixedDealsRaceContract::isFirst, Already.class::isInstance);
    for (int i = 0; i < contested.size(); i++) {
      int units = MixedRace.UNITS.get(i);
      assertThat(contested.get(i).left()).isZero();
      assertThat(contested.get(i).tally().count(as)).isEqualTo(new Count(units, units));
    }
  }

  private static boolean isFirst(ReserveResult result) {
    return result instanceof Reserved || result instanceof Held;
  }

  /** The instance for the next calls: not that of the ones before. */
  private OrderLog inTurn(List<Runnable> calls) {
    return calls.size() % 2 == 0 ? log : another;
  }

  private static void run(List<Runnable> calls) {
    Race.run(
        MixedRace.THREADS,
        calls,
        call -> {
          call.run();
          return true;
        });
  }

  private static Order everyOtherHeld(Order order) {
    return order.id().hashCode() % 2 == 0 ? order.withPayWithin(DealUnderTest.LONG) : order;
  }

  private static List<OrderState> endHolds(OrderLog log, List<Order> orders) {
    return MixedCalls.call(orders, some -> log.endHolds(some, CANCELLED));
  }

  private static void see(
      Map<String, Set<OrderState>> seen, List<Order> orders, List<OrderState> states) {
    for (int i = 0; i < orders.size(); i++) {
      seen.computeIfAbsent(MixedRace.key(orders.get(i)), key -> ConcurrentHashMap.newKeySet())
          .add(states.get(i));
    }
  }

  private static List<OrderState> states(List<Optional<OrderSnapshot>> snapshots) {
    return snapshots.stream()
        .map(it -> it.map(found -> found.row().state()).orElse(OrderState.ABSENT))
        .toList();
  }
}
