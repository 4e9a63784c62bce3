package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import io.hotdeal.redis.ScriptOutcome.Failed;
import io.hotdeal.spi.CallsByDeal;
import io.hotdeal.spi.PartialFailureException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of orders of any deals: a script call for each deal, in one pipeline per node. A deal with
 * many orders goes on with its next portion in the pipeline after that, and so do further deals.
 * After one that failed otherwise than by error replies, nothing more is sent, so that a call waits
 * for one time-out, not for one after the other.
 *
 * @param <O> the result of one order
 */
final class DealCalls<O> {

  /**
   * The most script calls that are sent together: about 1 ms of server time, for which the calls of
   * other threads wait. With more, these wait longer, and a script call gets hardly cheaper.
   */
  static final int PIPELINE = 32;

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
      unanswered(outcomes).ifPresent(calls::stop);
    }
    return calls;
  }

  /** The first failure that is no error reply. */
  private static Optional<HotDealException> unanswered(List<ScriptOutcome> outcomes) {
    return outcomes.stream()
        .map(outcome -> outcome instanceof Failed failed ? failed.failure() : null)
        .filter(HotDealException.class::isInstance)
        .map(HotDealException.class::cast)
        .findFirst();
  }

  private void stop(HotDealException cause) {
    byDeal.values().stream().filter(DealCall::isUnfinished).forEach(call -> call.stop(cause));
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
