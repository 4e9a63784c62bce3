package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.Housekeeping;
import io.hotdeal.spi.Housekeeping.Assignment;
import io.hotdeal.spi.Housekeeping.Housekeeper;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.CountedStores;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.ManualTimer;
import io.hotdeal.testkit.Overriding;
import io.hotdeal.testkit.ScriptedGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Of several processes with a resolver")
class HousekeepingTest {

  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration HOLD = Duration.ofMinutes(1);

  /** After this time every process has asked whether the others are alive. */
  private static final Duration TAKEOVER = LEASE.plus(LEASE.dividedBy(4)).plus(PERIOD);

  private final Instant start = Instant.parse("2026-11-27T00:00:00Z");
  private final AtomicReference<Instant> now = new AtomicReference<>(start);
  private final OrderLog log = new InMemoryOrderLog(now::get);
  private final StockCounter counter = new InMemoryStockCounter(now::get);
  private final ScriptedGateway gateway = new ScriptedGateway();
  private final List<Member> processes = new ArrayList<>();

  @AfterEach
  void close() {
    processes.forEach(Member::close);
  }

  /** A process whose rounds run on the test's thread, when the test says so. */
  private final class Member implements AutoCloseable {
    final FaultyStores faults = new FaultyStores();
    final CountedStores counted = new CountedStores();
    final List<String> swept = new ArrayList<>();
    final List<String> failed = new ArrayList<>();
    final ManualTimer timer = new ManualTimer();
    final HotDeal hotDeal;

    Member(boolean withCounter, OrderLog ofLog) {
      OrderLog faulty = faults.wrap(OrderLog.class, ofLog);
      Housekeeping housekeeping = faults.wrap(Housekeeping.class, ofLog.housekeeping());
      HotDealBuilder settings =
          HotDeal.builder()
              .log(
                  counted.log(
                      Overriding.of(OrderLog.class, faulty, "housekeeping", args -> housekeeping)))
              .payments(gateway)
              .chargeAttempts(1, Duration.ofMillis(1))
              .executor(Runnable::run)
              .timer(timer)
              .ticker(() -> Duration.between(start, now.get()).toNanos())
              .listener(
                  new HotDealListener() {
                    @Override
                    public void sweepCompleted(SweepReport report) {
                      swept.add(report.dealId());
                    }

                    @Override
                    public void sweepFailed(@Nullable String dealId, Throwable failure) {
                      failed.add(String.valueOf(dealId));
                    }
                  });
      if (withCounter) {
        settings.counter(counted.counter(faults.wrap(StockCounter.class, counter)));
      }
      hotDeal = settings.build();
      processes.add(this);
    }

    Member started(Collection<String> dealIds) {
      hotDeal.resolver().start(PERIOD, () -> dealIds);
      return this;
    }

    void round() {
      timer.runUpTo(PERIOD.toMillis());
    }

    @Override
    public void close() {
      hotDeal.close();
      timer.shutdownNow();
    }
  }

  private Member process(boolean withCounter) {
    return new Member(withCounter, log);
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "deal-" + i).toList();
  }

  private List<String> opened(int count) {
    ids(count)
        .forEach(
            id -> {
              log.open(Deal.of(id, 10).withHold(HOLD));
              counter.open(Deal.of(id, 10).withHold(HOLD));
            });
    return ids(count);
  }

  private void pass(Duration time) {
    now.updateAndGet(it -> it.plus(time));
  }

  /** Lets time pass, in which these processes make their rounds. */
  private void run(Duration time, Member... alive) {
    for (Instant end = now.get().plus(time); now.get().isBefore(end); ) {
      pass(PERIOD);
      for (Member each : alive) {
        each.round();
      }
    }
  }

  private void run(Duration time, List<Member> alive) {
    run(time, alive.toArray(Member[]::new));
  }

  private String keeperOf(String dealId) {
    Housekeeper looker = new Housekeeper("looker", Duration.ofMillis(1));
    Assignment assignment = log.housekeeping().take(looker, List.of(dealId)).get(0);
    log.housekeeping().retire(looker.id());
    return assignment.keeper();
  }

  private Order order(String id, String dealId) {
    return Order.of(id, dealId, "buyer-" + id, 1);
  }

  private OrderState state(Order order) {
    return log.find(order.dealId(), order.id()).orElseThrow().state();
  }

  @Test
  @DisplayName("one sweeps each deal, once per period, and also the deals that are opened later")
  void one() {
    List<String> deals = new ArrayList<>(opened(3));
    Member a = process(true).started(deals);
    Member b = process(true).started(deals);
    run(PERIOD.multipliedBy(3), a, b);
    assertThat(a.swept).hasSize(3 * 4).containsOnly("deal-0", "deal-1", "deal-2");
    assertThat(b.swept).isEmpty();
    a.swept.clear();
    deals.addAll(opened(5).subList(3, 5));
    run(PERIOD, b, a);
    assertThat(b.swept).containsExactly("deal-3", "deal-4");
    assertThat(a.swept).hasSize(3);
  }

  @Test
  @DisplayName("each has the deals that only it looks after")
  void different() {
    opened(3);
    Member a = process(true).started(List.of("deal-0", "deal-1"));
    Member b = process(true).started(List.of("deal-1", "deal-2"));
    assertThat(a.swept).containsExactly("deal-0", "deal-1");
    assertThat(b.swept).containsExactly("deal-2");
  }

  @Nested
  @DisplayName("another takes over")
  class TakesOver {

    private final List<String> deals = opened(3);
    private final Member a = process(false).started(deals);
    private final Member b = process(false).started(deals);
    private final Order left = order("left", "deal-1");

    private void crashAfterReserving() {
      log.reserve(List.of(left), OrderState.RESERVED);
      b.swept.clear();
    }

    @Test
    @DisplayName("when the one crashed: after its lease, not before")
    void crash() {
      crashAfterReserving();
      run(LEASE.minus(PERIOD), b);
      assertThat(b.swept).isEmpty();
      run(TAKEOVER.minus(LEASE).plus(PERIOD), b);
      assertThat(b.swept).contains("deal-1");
      assertThat(state(left)).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    @DisplayName("when the one closed, which frees its deals in the log at once")
    void closed() {
      crashAfterReserving();
      a.close();
      assertThat(keeperOf("deal-1")).as("free").isEqualTo("looker");
      run(TAKEOVER, b);
      assertThat(state(left)).isEqualTo(OrderState.CANCELLED);
      Member c = process(false).started(deals);
      assertThat(c.swept).isEmpty();
    }

    @Test
    @DisplayName("at once when it starts after the one closed, or stopped its resolver")
    void startedLater() {
      a.hotDeal.resolver().stop();
      b.close();
      log.reserve(List.of(left), OrderState.RESERVED);
      pass(HOLD);
      Member c = process(false).started(deals);
      assertThat(c.swept).containsExactly("deal-1");
      assertThat(state(left)).isEqualTo(OrderState.CANCELLED);
      a.started(deals);
      run(PERIOD, a, c);
      assertThat(a.swept).isEmpty();
    }

    @Test
    @DisplayName("when the one could not tell that it closed: after its lease")
    void closedInSilence() {
      crashAfterReserving();
      a.faults.refuse("retire");
      a.close();
      run(TAKEOVER, b);
      assertThat(state(left)).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    @DisplayName("in any number, each deal by one")
    void many() {
      List<Member> others = new ArrayList<>(List.of(b));
      for (int i = 0; i < 5; i++) {
        others.add(process(true).started(deals));
      }
      others.remove(b);
      run(TAKEOVER, others); // a and b are gone
      others.forEach(it -> it.swept.clear());
      run(PERIOD, others);
      assertThat(others.stream().flatMap(it -> it.swept.stream()))
          .containsExactlyInAnyOrderElementsOf(deals);
    }
  }

  @Test
  @DisplayName("one that was paused past its lease does no harm, and sees that others took over")
  void paused() {
    List<String> deals = opened(3);
    Member a = process(false);
    Member b = process(false);
    List<Order> left = deals.stream().map(id -> order("left-" + id, id)).toList();
    log.reserve(left, OrderState.RESERVED);
    gateway.charge(left.get(0));
    pass(HOLD);
    List<String> sweptByB = new ArrayList<>();
    a.faults.before(
        "confirm",
        () -> {
          a.faults.heal();
          pass(LEASE);
          b.started(deals);
          sweptByB.addAll(b.swept);
        });
    a.started(deals);
    assertThat(sweptByB).containsExactlyElementsOf(deals);
    assertThat(a.swept).as("it asked again before the next deal").containsExactly("deal-0");
    assertThat(left.stream().map(this::state))
        .containsExactly(OrderState.PAID, OrderState.CANCELLED, OrderState.CANCELLED);
    assertThat(gateway.refunded).isEmpty();
    run(PERIOD, a, b);
    assertThat(a.swept).hasSize(1);
  }

  @Test
  @DisplayName("one whose sweeps of a deal keep failing leaves it to another")
  void failing() {
    List<String> deals = opened(2);
    Member a = process(true).started(deals);
    Member b = process(true).started(deals);
    Order left = order("left", "deal-1");
    log.reserve(List.of(left), OrderState.RESERVED);
    a.faults.refuse("cancel");
    pass(HOLD);
    run(PERIOD.multipliedBy(2), a, b);
    assertThat(state(left)).isEqualTo(OrderState.RESERVED);
    run(PERIOD, a);
    assertThat(keeperOf("deal-1")).as("free").isEqualTo("looker");
    assertThat(keeperOf("deal-0")).as("not free").isNotEqualTo("looker");
    run(TAKEOVER, a, b);
    assertThat(state(left)).isEqualTo(OrderState.CANCELLED);
    assertThat(b.swept).contains("deal-1").doesNotContain("deal-0");
  }

  @Test
  @DisplayName("one goes on with a failing deal later, if there is no other")
  void failingAlone() {
    opened(1);
    Member a = process(true).started(ids(1));
    a.faults.refuse("balance");
    log.reserve(List.of(order("left", "deal-0")), OrderState.RESERVED);
    run(LEASE.multipliedBy(2), a);
    assertThat(a.failed).hasSizeBetween(3, 6);
    a.faults.heal();
    run(LEASE, a);
    assertThat(state(order("left", "deal-0"))).isEqualTo(OrderState.CANCELLED);
  }

  @Test
  @DisplayName("one that no longer looks after a deal leaves it to another")
  void dropped() {
    List<String> deals = new ArrayList<>(opened(2));
    Member a = process(true).started(deals);
    deals.remove("deal-1");
    run(PERIOD, a);
    assertThat(keeperOf("deal-1")).as("free").isEqualTo("looker");
    assertThat(keeperOf("deal-0")).as("not free").isNotEqualTo("looker");
  }

  @Test
  @DisplayName(
      "a round fails if the log cannot tell whose the deals are, and the next one does not")
  void logDown() {
    List<String> deals = opened(2);
    Member a = process(true);
    a.faults.refuse("take");
    a.started(deals);
    assertThat(a.failed).containsExactly("null");
    assertThat(a.swept).isEmpty();
    a.faults.heal();
    run(PERIOD, a);
    assertThat(a.swept).containsExactlyElementsOf(deals);
  }

  @Test
  @DisplayName("every one sweeps every deal where the log has no leases")
  void withoutLeases() {
    List<String> deals = opened(2);
    OrderLog plain =
        Overriding.of(OrderLog.class, log, "housekeeping", args -> Housekeeping.EVERYBODY);
    Member a = new Member(true, plain).started(deals);
    Member b = new Member(true, plain).started(deals);
    a.faults.refuse("balance");
    run(PERIOD.multipliedBy(5), a, b);
    assertThat(b.swept).hasSize(2 * 6);
    assertThat(a.failed).as("none is given up").hasSize(2 * 5);
  }

  @Nested
  @DisplayName("the cost")
  class Costs {

    /** The calls of a minute, after some minutes. */
    private long callsPerMinute(List<Member> fleet) {
      run(LEASE.multipliedBy(3), fleet);
      long before = fleet.stream().mapToLong(it -> it.counted.sum()).sum();
      run(Duration.ofMinutes(10), fleet);
      long after = fleet.stream().mapToLong(it -> it.counted.sum()).sum();
      return (after - before) / 10;
    }

    private List<Member> fleet(int count, boolean withCounter, List<String> deals) {
      return IntStream.range(0, count).mapToObj(i -> process(withCounter).started(deals)).toList();
    }

    @ParameterizedTest(name = "with a counter: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName(
        "of ten idle processes over 300 deals is at most one and a half times that of one:")
    void tenIdle(boolean withCounter) {
      List<String> deals = opened(300);
      List<Member> one = fleet(1, withCounter, deals);
      long ofOne = callsPerMinute(one);
      one.forEach(Member::close);
      long ofTen = callsPerMinute(fleet(10, withCounter, deals));
      assertThat(ofOne).isPositive();
      assertThat(ofTen).isBetween(ofOne, ofOne + ofOne / 2);
    }

    @Test
    @DisplayName("of open deals without a counter is two calls a round for 300, and no sweep")
    void openDeals() {
      Member a = process(false).started(opened(300));
      assertThat(callsPerMinute(List.of(a))).isEqualTo(2 * 6);
      assertThat(a.swept).isEmpty();
      assertThat(a.counted.byMethod()).containsOnlyKeys("take");
    }

    @ParameterizedTest(name = "with a counter: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("of closed deals is one sweep, and then two calls a minute for 300, and no sweep:")
    void closedDeals(boolean withCounter) {
      List<String> deals = opened(300);
      deals.forEach(log::close);
      Member a = process(withCounter).started(deals);
      run(LEASE, a);
      assertThat(a.swept).hasSize(withCounter ? 300 : 0);
      assertThat(callsPerMinute(List.of(a))).isBetween(1L, 2L);
      assertThat(a.swept).hasSize(withCounter ? 300 : 0);
    }

    @Test
    @DisplayName("of a closed deal begins again when it has something to do, or is opened again")
    void reopened() {
      List<String> deals = opened(2);
      log.reserve(List.of(order("sold", "deal-0")), OrderState.PAID);
      deals.forEach(log::close);
      Member a = process(true).started(deals);
      run(PERIOD.multipliedBy(2), a);
      a.swept.clear();
      log.giveBack(List.of(new OrderReturn("deal-0", "sold", true, true)));
      log.change("deal-1", DealChange.to(DealState.OPEN));
      run(LEASE.dividedBy(2).plus(PERIOD), a);
      assertThat(Set.copyOf(a.swept)).containsExactlyInAnyOrder("deal-0", "deal-1");
      assertThat(state(order("sold", "deal-0"))).isEqualTo(OrderState.RETURNED);
    }

    @Test
    @DisplayName("of a closed deal goes on while the counter holds claims of it")
    void claimsOfClosed() {
      List<String> deals = opened(1);
      Order left = order("left", "deal-0");
      counter.claim(List.of(left));
      log.reserve(List.of(left), OrderState.PAID);
      log.close("deal-0");
      Member a = process(true).started(deals);
      run(PERIOD.multipliedBy(3), a);
      assertThat(a.swept).as("not overdue yet").hasSize(4);
      assertThat(counter.held("deal-0", 9)).hasSize(1);
      run(HOLD, a);
      assertThat(counter.held("deal-0", 9)).isEmpty();
      a.swept.clear();
      run(LEASE, a);
      assertThat(a.swept).isEmpty();
    }

    @Test
    @DisplayName("of thousands of deals is no deep stack, also on one thread")
    void thousands() {
      Member a = process(true).started(opened(5_000));
      assertThat(a.swept).hasSize(5_000);
    }
  }

  @Test
  @DisplayName("with threads of their own, one at a time sweeps while they start, stop and close")
  void threads() {
    List<String> deals = opened(50);
    List<HotDeal> fleet = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      HotDeal hotDeal = HotDeal.builder().log(log).counter(counter).payments(gateway).build();
      fleet.add(hotDeal);
      hotDeal.resolver().start(Duration.ofMillis(1), () -> deals);
    }
    for (int i = 0; i < 20; i++) {
      HotDeal each = fleet.get(i % 3);
      each.resolver().stop();
      each.resolver().start(Duration.ofMillis(1), () -> deals);
      Thread.onSpinWait();
    }
    fleet.forEach(HotDeal::close);
    assertThat(deals).allSatisfy(id -> assertThat(keeperOf(id)).isEqualTo("looker"));
  }
}
