package io.hotdeal.contract;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.UnknownDealException;
import io.hotdeal.spi.CallsByDeal;
import io.hotdeal.spi.DealBusyException;
import io.hotdeal.spi.PartialFailureException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call of the kit of several deals")
class MixedCallsTest {

  private static final List<Order> MIXED =
      List.of(order("a", "1"), order("b", "1"), order("a", "2"), order("c", "1"));

  private final List<List<String>> calls = new ArrayList<>();
  private final Set<String> busy = new HashSet<>();
  private final Set<String> unknown = new HashSet<>();

  private static Order order(String dealId, String id) {
    return Order.of(id, dealId, "buyer", 1);
  }

  /** The store: its results are the orders' names; deals are busy in calls of several only. */
  private List<String> answer(List<Order> orders) {
    List<String> names = orders.stream().map(order -> order.dealId() + order.id()).toList();
    calls.add(names);
    boolean mixed = CallsByDeal.byDeal(orders).size() > 1;
    return CallsByDeal.call(
        orders,
        some -> {
          String dealId = some.get(0).dealId();
          if (unknown.contains(dealId)) {
            throw new UnknownDealException(dealId);
          }
          if (mixed && busy.contains(dealId)) {
            throw new DealBusyException(dealId);
          }
          return some.stream().map(order -> dealId + order.id()).toList();
        });
  }

  @Test
  @DisplayName("sends those of a busy deal again, alone, and merges their results")
  void busyDeals() {
    busy.addAll(List.of("a", "c"));
    assertThat(MixedCalls.call(MIXED, this::answer)).containsExactly("a1", "b1", "a2", "c1");
    assertThat(calls)
        .containsExactly(List.of("a1", "b1", "a2", "c1"), List.of("a1", "a2"), List.of("c1"));
  }

  @Test
  @DisplayName("sends them all again if all the deals are busy")
  void allBusy() {
    busy.addAll(List.of("a", "b", "c"));
    MixedCalls.run(MIXED, this::answer);
    assertThat(calls).hasSize(4).endsWith(List.of("a1", "a2"), List.of("b1"), List.of("c1"));
  }

  @Test
  @DisplayName("fails with the other failures, and with the results of those that were busy")
  void otherFailures() {
    busy.add("a");
    unknown.add("b");
    PartialFailureException failure =
        catchThrowableOfType(
            PartialFailureException.class, () -> MixedCalls.call(MIXED, this::answer));
    assertThat(failure.results()).isEqualTo(asList("a1", null, "a2", "c1"));
    assertThat(failure.failures()).containsOnlyKeys("b");
  }

  @Test
  @DisplayName("fails with the failures of all if none of them has a result")
  void allFail() {
    unknown.addAll(List.of("a", "b", "c"));
    PartialFailureException failure =
        catchThrowableOfType(
            PartialFailureException.class, () -> MixedCalls.call(MIXED, this::answer));
    assertThat(failure.results()).containsOnlyNulls().hasSize(4);
    assertThat(failure.failures()).containsOnlyKeys("a", "b", "c");
  }

  @Test
  @DisplayName("does not accept that a call of one deal does not wait, or fails in part")
  void ofOneDeal() {
    DealBusyException busyForEver = new DealBusyException("a");
    List<Order> ofOneDeal = List.of(order("a", "1"));
    assertRefused(ofOneDeal, busyForEver);
    assertRefused(
        ofOneDeal, new PartialFailureException(asList((Object) null), Map.of("a", busyForEver)));
  }

  @Test
  @DisplayName("does not accept a failure that does not tell one deal from another")
  void asAWhole() {
    assertRefused(MIXED, new NothingHappenedException("down"));
  }

  @Test
  @DisplayName("does not accept that an order has neither a result nor a failure, or both")
  void incomplete() {
    Map<String, HotDealException> ofB = Map.of("b", new NothingHappenedException("down"));
    assertRefused(MIXED, new PartialFailureException(asList("a1", null, "a2"), ofB));
    assertRefused(MIXED, new PartialFailureException(asList("a1", null, null, "c1"), ofB));
    assertRefused(MIXED, new PartialFailureException(asList("a1", "b1", "a2", "c1"), ofB));
    assertRefused(
        MIXED,
        new PartialFailureException(
            asList("a1", "b1", "a2", "c1"), Map.of("z", new NothingHappenedException("down"))));
  }

  @Test
  @DisplayName("does not accept fewer results than orders")
  void tooFew() {
    assertThatThrownBy(() -> MixedCalls.call(MIXED, orders -> List.of("a1")))
        .isInstanceOf(AssertionError.class);
  }

  private static void assertRefused(List<Order> orders, RuntimeException failure) {
    assertThatThrownBy(
            () ->
                MixedCalls.call(
                    orders,
                    some -> {
                      throw failure;
                    }))
        .isInstanceOf(AssertionError.class);
  }
}
