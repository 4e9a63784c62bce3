package io.hotdeal.redis;

import io.hotdeal.Order;
import io.hotdeal.spi.CallsByDeal;
import io.hotdeal.spi.PartialFailureException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call of orders of any deals: a script call for each deal, all together in one pipeline per
 * node. A deal with many orders goes on with its next portion in the pipeline after that.
 *
 * @param <O> the result of one order
 */
final class DealCalls<O> {

  /** The most script calls of a pipeline. */
  static final int PIPELINE = 512;

  private final Map<String, DealCall<O>> byDeal = new LinkedHashMap<>();

  private DealCalls(OrderVerb<O> verb, List<Order> orders) {
    CallsByDeal.byDeal(orders)
        .forEach((dealId, group) -> byDeal.put(dealId, new DealCall<>(verb, group)));
  }

  /** Makes the call. Blocks until every deal has results or a failure. */
  static <O> DealCalls<O> run(ScriptRunner runner, OrderVerb<O> verb, List<Order> orders) {
    DealCalls<O> calls = new DealCalls<>(verb, orders);
    for (var next = calls.unfinished(); !next.isEmpty(); next = calls.unfinished()) {
      List<ScriptOutcome> outcomes =
          verb.script().runAll(runner, next.stream().map(DealCall::next).toList());
      for (int i = 0; i < next.size(); i++) {
        next.get(i).take(runner, outcomes.get(i));
      }
    }
    return calls;
  }

  private List<DealCall<O>> unfinished() {
    return byDeal.values().stream().filter(DealCall::isUnfinished).limit(PIPELINE).toList();
  }

  /**
   * The results of these orders, position by position.
   *
   * @throws PartialFailureException as {@link CallsByDeal#call}
   */
  List<O> results(List<Order> orders) {
    return CallsByDeal.call(orders, this::resultsOfDeal);
  }

  /** Throws as {@link #results}; orders of deals that were not called are done. */
  void requireDone(List<Order> orders) {
    CallsByDeal.run(orders, this::resultsOfDeal);
  }

  private List<O> resultsOfDeal(List<Order> group) {
    DealCall<O> call = byDeal.get(group.get(0).dealId());
    return call == null ? List.of() : call.results();
  }
}
