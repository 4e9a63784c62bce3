package io.hotdeal.contract;

import static io.hotdeal.contract.Crowd.THREADS;
import static io.hotdeal.contract.DealUnderTest.LONG;
import static io.hotdeal.contract.DealUnderTest.SHORT;
import static io.hotdeal.spi.OrderState.PAID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hotdeal.DealChange;
import io.hotdeal.DealState;
import io.hotdeal.spi.Housekeeping;
import io.hotdeal.spi.Housekeeping.Assignment;
import io.hotdeal.spi.Housekeeping.Housekeeper;
import io.hotdeal.spi.OrderLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of the assignment of deals to processes, a part of {@link OrderLogContract}. What is
 * about leases is skipped for a log without them.
 */
public abstract class HousekeepingContract {

  private OrderLog log;
  private DealUnderTest deal;
  private Housekeeping housekeeping;
  private Housekeeper a;
  private Housekeeper b;

  /** The log under test; called once per test, may return the same log every time. */
  protected abstract OrderLog log();

  @BeforeEach
  void freshDealToKeep() {
    log = log();
    deal = DealUnderTest.fresh(log);
    housekeeping = log.housekeeping();
    a = new Housekeeper("a-" + deal.id(), LONG);
    b = new Housekeeper("b-" + deal.id(), LONG);
  }

  private Assignment take(Housekeeper by) {
    return housekeeping.take(by, List.of(deal.id())).get(0);
  }

  private static Housekeeper briefly(Housekeeper housekeeper) {
    return new Housekeeper(housekeeper.id(), SHORT);
  }

  @Nested
  @DisplayName("assigns a deal to one process at a time:")
  class Assigns {

    private DealUnderTest other;

    @BeforeEach
    void twoDeals() {
      assumeThat(housekeeping).as("the log has leases").isNotSameAs(Housekeeping.EVERYBODY);
      other = new DealUnderTest(log, deal.id() + "-other");
      deal.open(5);
      other.open(5);
    }

    private Map<String, String> keepers(Housekeeper by) {
      Map<String, String> keepers = new ConcurrentHashMap<>();
      housekeeping
          .take(by, List.of(deal.id(), other.id()))
          .forEach(it -> keepers.put(it.dealId(), it.keeper()));
      return keepers;
    }

    private void awaitTakenBy(Housekeeper by) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!take(by).keeper().equals(by.id())) {
        assertThat(System.nanoTime()).as("taken within 30 s").isLessThan(deadline);
        Thread.onSpinWait();
      }
    }

    @Test
    @DisplayName("to the first that asks, and tells others who it is, and for how long")
    void first() {
      assertThat(take(a).keeper()).isEqualTo(a.id());
      Assignment seen = take(b);
      assertThat(seen.keeper()).isEqualTo(a.id());
      assertThat(seen.remaining()).isBetween(LONG.minusMinutes(1), LONG);
      assertThat(take(a)).satisfies(it -> assertThat(it.keeper()).isEqualTo(a.id()));
    }

    @Test
    @DisplayName("of several, those that are free; deals that the log does not know are left out")
    void some() {
      take(a);
      assertThat(keepers(b))
          .containsOnly(Map.entry(deal.id(), a.id()), Map.entry(other.id(), b.id()));
      assertThat(housekeeping.take(a, List.of("unknown-" + deal.id()))).isEmpty();
      assertThat(housekeeping.take(a, List.of())).isEmpty();
      assertThat(housekeeping.take(a, Collections.nCopies(3, deal.id()))).hasSize(1);
    }

    @Test
    @DisplayName("until its lease has ended, by the log's clock")
    void untilTheEnd() {
      take(briefly(a));
      awaitTakenBy(b);
      assertThat(take(a).keeper()).as("it was paused past its lease").isEqualTo(b.id());
    }

    @Test
    @DisplayName("for longer, if it asks again, for this or for another of its deals")
    void renewed() {
      take(briefly(a));
      awaitTakenBy(a);
      assertThat(take(b).keeper()).isEqualTo(a.id());
      take(briefly(a));
      housekeeping.take(a, List.of(other.id()));
      assertThat(keepers(b))
          .containsOnly(Map.entry(deal.id(), a.id()), Map.entry(other.id(), a.id()));
    }

    @Test
    @DisplayName("until it gives this one up, which only its housekeeper can")
    void givenUp() {
      keepers(a);
      housekeeping.giveUp(b.id(), List.of(deal.id(), other.id()));
      assertThat(take(b).keeper()).isEqualTo(a.id());
      for (int i = 0; i < 2; i++) {
        housekeeping.giveUp(a.id(), List.of(deal.id()));
      }
      assertThat(keepers(b))
          .containsOnly(Map.entry(deal.id(), b.id()), Map.entry(other.id(), a.id()));
    }

    @Test
    @DisplayName("until it retires, which frees all its deals at once; it may take them again")
    void retired() {
      keepers(a);
      for (int i = 0; i < 2; i++) {
        housekeeping.retire(a.id());
      }
      assertThat(take(b).keeper()).isEqualTo(b.id());
      assertThat(keepers(a))
          .containsOnly(Map.entry(deal.id(), b.id()), Map.entry(other.id(), a.id()));
    }

    @ParameterizedTest(name = "that another had before: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("also if many ask at the same time, in any order, for many deals")
    void race(boolean hadBefore) {
      List<String> ids = IntStream.range(0, 300).mapToObj(i -> deal.id() + "-" + i).toList();
      ids.forEach(id -> new DealUnderTest(log, id).open(1));
      if (hadBefore) {
        assertThat(housekeeping.take(a, ids)).hasSize(300);
        housekeeping.retire(a.id());
      }
      Map<String, String> keepers = new ConcurrentHashMap<>();
      Race.run(
          THREADS,
          IntStream.range(0, THREADS).boxed().toList(),
          thread -> {
            Housekeeper me = new Housekeeper("h-" + thread + "-" + deal.id(), LONG);
            List<String> mixed = new ArrayList<>(ids);
            Collections.rotate(mixed, thread * 7);
            for (int from = 0; from < mixed.size(); from += 100) {
              housekeeping.take(me, mixed.subList(from, from + 100)).stream()
                  .filter(it -> it.keeper().equals(me.id()))
                  .forEach(it -> assertThat(keepers.put(it.dealId(), me.id())).isNull());
            }
            return true;
          });
      assertThat(keepers).hasSize(300);
      assertThat(housekeeping.take(a, ids))
          .hasSize(300)
          .allSatisfy(it -> assertThat(it.keeper()).isEqualTo(keepers.get(it.dealId())));
    }

    @Test
    @DisplayName("and refuses ids that are none")
    void ids() {
      assertThatThrownBy(() -> housekeeping.take(new Housekeeper("a b", LONG), List.of(deal.id())))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> housekeeping.take(a, List.of("no/id")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  @DisplayName("tells whether a deal has something to do for its housekeeper:")
  class Tells {

    @BeforeEach
    void oneDeal() {
      assumeThat(housekeeping).as("the log has leases").isNotSameAs(Housekeeping.EVERYBODY);
      deal.open(500);
    }

    private void expect(boolean unfinished) {
      assertThat(take(a).unfinished()).isEqualTo(unfinished);
      assertThat(take(b).unfinished()).as("for others too").isEqualTo(unfinished);
    }

    @Test
    @DisplayName("an order that is reserved, until it is paid or cancelled")
    void reserved() {
      expect(false);
      deal.reserved(deal.order("paid", 1));
      deal.reserved(deal.order("cancelled", 1));
      expect(true);
      log.confirm(List.of(deal.order("paid", 1)));
      expect(true);
      log.cancel(List.of(deal.order("cancelled", 1), deal.order("tombstone", 1)));
      expect(false);
    }

    @Test
    @DisplayName("a hold after its deadline, until it has ended")
    void held() {
      deal.held(deal.order("later", 1));
      expect(false);
      deal.expired(deal.order("expired", 1));
      expect(false);
      deal.reserve(deal.order("now", 1).withPayWithin(SHORT));
      deal.awaitOverdue(1);
      expect(true);
      deal.pay("now", "payment");
      expect(false);
    }

    @Test
    @DisplayName("a return, until its buyer is refunded")
    void returning() {
      deal.sold(deal.order("a", 1));
      deal.giveBack("a", true, true);
      expect(true);
      log.finishReturns(List.of(deal.order("a", 1)));
      expect(false);
    }

    @Test
    @DisplayName("not what is sold, however much, nor the orders of other deals")
    void sold() {
      DealUnderTest other = new DealUnderTest(log, deal.id() + "-other");
      other.open(1);
      other.reserved(other.order("a", 1));
      log.reserve(Crowd.orders(deal.id(), 300), PAID);
      expect(false);
    }

    @Test
    @DisplayName("and whether it is closed, which a purge does not change")
    void closed() {
      assertThat(take(a).closed()).isFalse();
      deal.change(DealChange.to(DealState.PAUSED));
      assertThat(take(a).closed()).isFalse();
      log.close(deal.id());
      assertThat(take(a).closed()).isTrue();
      deal.change(DealChange.to(DealState.OPEN));
      assertThat(take(a).closed()).isFalse();
      log.close(deal.id());
      log.purge(deal.id());
      assertThat(take(a).closed()).isTrue();
    }
  }

  @Test
  @DisplayName("without leases, every process has every deal")
  void everybody() {
    for (Housekeeper each : List.of(a, b)) {
      assertThat(Housekeeping.EVERYBODY.take(each, List.of("x", "y")))
          .containsExactly(
              new Assignment("x", each.id(), Duration.ZERO, false, true),
              new Assignment("y", each.id(), Duration.ZERO, false, true));
    }
    Housekeeping.EVERYBODY.giveUp(a.id(), List.of("x"));
    Housekeeping.EVERYBODY.retire(a.id());
  }
}
