package io.hotdeal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Order;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.spi.CallsByDeal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Concurrent calls of the same four deals in opposite orders, for more units than each deal has. A
 * store that deadlocks fails them: {@link Race} waits for a limited time.
 */
final class MixedRace {

  static final int THREADS = 8;

  /** The units of each deal: less than it has orders. */
  static final List<Integer> UNITS = List.of(10, 25, 1, 39);

  private static final int ORDERS_PER_DEAL = 40;
  private static final int BUYERS = 8;

  /** An order of a call, and its result. */
  record Answer<R>(Order order, R result) {}

  private MixedRace() {}

  /** Orders of one unit, with a buyer each; the same ids in each deal. */
  static List<List<Order>> orders(List<String> dealIds) {
    return dealIds.stream().map(id -> Crowd.orders(id, ORDERS_PER_DEAL)).toList();
  }

  /** The same, of eight buyers. */
  static List<List<Order>> ofFewBuyers(List<String> dealIds) {
    return dealIds.stream()
        .map(
            id ->
                IntStream.range(0, ORDERS_PER_DEAL)
                    .mapToObj(i -> Order.of("order-" + i, id, "buyer-" + i % BUYERS, 1))
                    .toList())
        .toList();
  }

  /**
   * Calls of orders of all the deals. Every order is in two neighbouring calls, and each call is
   * there so many times: every other time its orders are in the opposite order.
   *
   * @param ordersByDeal as many of each deal, an even number
   */
  static List<List<Order>> calls(List<List<Order>> ordersByDeal, int times) {
    int count = ordersByDeal.get(0).size();
    List<List<Order>> calls = new ArrayList<>();
    for (int from = 0; from < count; from += 2) {
      List<Order> call = new ArrayList<>();
      for (int i = from; i < from + 4; i++) {
        for (List<Order> ofDeal : ordersByDeal) {
          call.add(ofDeal.get(i % count));
        }
      }
      List<Order> opposite = new ArrayList<>(call);
      Collections.reverse(opposite);
      for (int time = 0; time < times; time++) {
        calls.add(List.copyOf(time % 2 == 0 ? call : opposite));
      }
    }
    return calls;
  }

  /** The same twice, and beside each of them a call for each of its deals. */
  static List<List<Order>> besideCallsOfOneDeal(List<List<Order>> ordersByDeal) {
    List<List<Order>> calls = new ArrayList<>();
    for (List<Order> call : calls(ordersByDeal, 2)) {
      calls.add(call);
      calls.addAll(CallsByDeal.byDeal(call).values());
    }
    return calls;
  }

  /**
   * Makes the calls at two instances, in turn.
   *
   * @param verb may be called by several threads
   */
  static <S, R> List<Answer<R>> run(
      List<S> instances, List<List<Order>> calls, BiFunction<S, List<Order>, List<R>> verb) {
    List<Integer> indexes = IntStream.range(0, calls.size()).boxed().toList();
    List<List<R>> results =
        Race.run(
            THREADS,
            indexes,
            i -> MixedCalls.call(calls.get(i), some -> verb.apply(instances.get(i % 2), some)));
    List<Answer<R>> answers = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      for (int j = 0; j < calls.get(i).size(); j++) {
        answers.add(new Answer<>(calls.get(i).get(j), results.get(i).get(j)));
      }
    }
    return answers;
  }

  /**
   * Checks that of each deal so many orders are taken as it has units, and that each id is either
   * taken, once, or sold out.
   *
   * @param first whether an order is taken by this call
   * @param known whether it was taken before
   */
  static <R> void assertTaken(
      List<String> dealIds, List<Answer<R>> answers, Predicate<R> first, Predicate<R> known) {
    Map<String, Integer> taken = new HashMap<>();
    Map<String, Set<Boolean>> verdicts = new HashMap<>();
    for (Answer<R> it : answers) {
      boolean isTaken = first.test(it.result) || known.test(it.result);
      assertThat(isTaken || it.result.equals(new SoldOut(0))).as("%s", it).isTrue();
      taken.merge(it.order.dealId(), first.test(it.result) ? 1 : 0, Integer::sum);
      verdicts.computeIfAbsent(key(it.order), key -> new HashSet<>()).add(isTaken);
    }
    assertThat(verdicts.values()).allMatch(verdict -> verdict.size() == 1);
    for (int i = 0; i < UNITS.size(); i++) {
      assertThat(taken.get(dealIds.get(i)))
          .as("units of %s", dealIds.get(i))
          .isEqualTo(UNITS.get(i));
    }
  }

  /**
   * Checks that every one of the few buyers has as many units of each deal as its limit allows.
   *
   * @return the units that are taken of each deal
   */
  static <R> int assertLimited(
      List<Answer<R>> answers, long limit, Predicate<R> first, Predicate<R> known) {
    Map<String, Long> bought = new HashMap<>();
    for (Answer<R> it : answers) {
      if (first.test(it.result)) {
        bought.merge(it.order.dealId() + "/" + it.order.buyerId(), 1L, Long::sum);
      } else if (!known.test(it.result)) {
        assertThat(it.result).isEqualTo(new LimitReached(limit));
      }
    }
    assertThat(bought).hasSize(UNITS.size() * BUYERS).values().containsOnly(limit);
    return (int) (BUYERS * limit);
  }

  static String key(Order order) {
    return order.dealId() + "/" + order.id();
  }
}
