package io.hotdeal.spi;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call that is split by deal")
class CallsByDealTest {

  private final HotDealException refused = new NothingHappenedException("down");
  private final HotDealException silent = new OutcomeUnknownException("silent");

  private static final List<Order> MIXED =
      List.of(order("b", "1"), order("a", "1"), order("b", "2"), order("c", "1"), order("a", "1"));

  private final List<List<String>> calls = new ArrayList<>();
  private final Map<String, RuntimeException> failing = new HashMap<>();

  private static Order order(String dealId, String id) {
    return Order.of(id, dealId, "buyer", 1);
  }

  private static String named(Order order) {
    return order.dealId() + order.id();
  }

  /** The store: its results are the orders' names, with the number of the call. */
  private List<String> answer(List<Order> orders) {
    calls.add(orders.stream().map(CallsByDealTest::named).toList());
    RuntimeException failure = failing.get(orders.get(0).dealId());
    if (failure != null) {
      throw failure;
    }
    return orders.stream().map(order -> named(order) + "#" + calls.size()).toList();
  }

  @Test
  @DisplayName("is one call per deal, in the order of their first items, each with its own items")
  void oneCallPerDeal() {
    CallsByDeal.call(MIXED, this::answer);
    assertThat(calls).containsExactly(List.of("b1", "b2"), List.of("a1", "a1"), List.of("c1"));
  }

  @Test
  @DisplayName("gives the results in the order of its items")
  void inOrder() {
    assertThat(CallsByDeal.call(MIXED, this::answer))
        .containsExactly("b1#1", "a1#2", "b2#1", "c1#3", "a1#2");
  }

  @Test
  @DisplayName("is the call itself if all its items are of one deal, also if that fails")
  void ofOneDeal() {
    List<Order> orders = List.of(order("a", "2"), order("a", "1"));
    List<List<Order>> received = new ArrayList<>();
    List<Order> results =
        CallsByDeal.call(
            orders,
            some -> {
              received.add(some);
              return some;
            });
    assertThat(results).isSameAs(orders);
    assertThat(received).hasSize(1);
    failing.put("a", refused);
    assertThatThrownBy(() -> CallsByDeal.call(orders, this::answer)).isSameAs(refused);
  }

  @Test
  @DisplayName("is no call if it has no items")
  void ofNothing() {
    assertThat(CallsByDeal.call(List.<Order>of(), this::answer)).isEmpty();
    CallsByDeal.run(List.<Order>of(), this::answer);
    assertThat(calls).isEmpty();
  }

  @Test
  @DisplayName("fails partially if some of its deals fail, with the results of the others")
  void partialFailure() {
    failing.put("b", silent);
    failing.put("c", refused);
    PartialFailureException failure =
        catchThrowableOfType(
            PartialFailureException.class, () -> CallsByDeal.call(MIXED, this::answer));
    assertThat(calls).as("the failure of one deal ends no other").hasSize(3);
    assertThat(failure.results()).isEqualTo(asList(null, "a1#2", null, null, "a1#2"));
    assertThat(failure.failures()).containsExactly(Map.entry("b", silent), Map.entry("c", refused));
    assertThat(failure).hasCause(silent).hasMessageContainingAll("b=", "silent", "c=", "down");
  }

  @Test
  @DisplayName("fails with the failures of all if all of its deals fail, after all were called")
  void allFailed() {
    failing.put("a", silent);
    failing.put("b", refused);
    failing.put("c", silent);
    PartialFailureException failure =
        catchThrowableOfType(
            PartialFailureException.class, () -> CallsByDeal.call(MIXED, this::answer));
    assertThat(calls).hasSize(3);
    assertThat(failure.results()).containsOnlyNulls().hasSize(5);
    assertThat(failure.failures())
        .containsExactly(Map.entry("b", refused), Map.entry("a", silent), Map.entry("c", silent));
  }

  @Test
  @DisplayName("fails as it is told if it breaks with any other exception")
  void broken() {
    RuntimeException defect = new IllegalStateException("defect");
    failing.put("a", defect);
    assertThatThrownBy(() -> CallsByDeal.call(MIXED, this::answer)).isSameAs(defect);
  }

  @Test
  @DisplayName("does the same without results, but for those of a partial failure: they are there")
  void withoutResults() {
    CallsByDeal.run(MIXED, this::answer);
    assertThat(calls).containsExactly(List.of("b1", "b2"), List.of("a1", "a1"), List.of("c1"));
    failing.put("a", refused);
    PartialFailureException failure =
        catchThrowableOfType(
            PartialFailureException.class, () -> CallsByDeal.run(MIXED, this::answer));
    assertThat(failure.failures()).containsExactly(Map.entry("a", refused));
    assertThat(failure.results().stream().map(it -> it != null))
        .containsExactly(true, false, true, true, false);
  }

  @Test
  @DisplayName("has results and failures that later changes do not reach")
  void copied() {
    List<String> results = new ArrayList<>(asList("a1", null));
    Map<String, HotDealException> failures = new LinkedHashMap<>(Map.of("b", refused));
    PartialFailureException failure = new PartialFailureException(results, failures);
    results.clear();
    failures.clear();
    assertThat(failure.results()).isEqualTo(asList("a1", null));
    assertThat(failure.failures()).containsExactly(Map.entry("b", refused));
    assertThatThrownBy(() -> failure.results().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> failure.failures().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
