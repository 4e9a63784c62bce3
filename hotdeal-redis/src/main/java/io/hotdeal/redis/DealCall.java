package io.hotdeal.redis;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of orders of one deal, in portions, because a script blocks Redis. They are sent in list
 * order, each after the reply to the one before, and none after a failure.
 *
 * @param <O> the result of one order
 */
final class DealCall<O> {

  /** The most orders per script call: about 2 ms of server time, more if memory grows. */
  static final int PORTION = 512;

  private final OrderVerb<O> verb;
  private final List<Order> orders;
  private final List<O> results = new ArrayList<>();
  private int done;
  private @Nullable HotDealException failure;

  /**
   * @param orders of one deal, at least one
   */
  DealCall(OrderVerb<O> verb, List<Order> orders) {
    this.verb = verb;
    this.orders = orders;
  }

  /** Whether there is a portion to send. */
  boolean isUnfinished() {
    return failure == null && done < orders.size();
  }

  /** The script call of the next portion. */
  ScriptCall next() {
    return new ScriptCall(DealKeys.of(orders.get(0).dealId()), verb.args().apply(portion()));
  }

  /** Takes what became of the next portion. */
  void take(ScriptRunner runner, ScriptOutcome outcome) {
    try {
      results.addAll(verb.results().apply(portion(), Script.reply(runner, outcome)));
      done += portion().size();
    } catch (NothingHappenedException e) {
      fail(e);
    } catch (OutcomeUnknownException e) {
      failure = e;
    }
  }

  /** Fails the call instead of sending the next portion, because another call failed. */
  void stop(HotDealException cause) {
    fail(new NothingHappenedException("not sent, after: " + cause.getMessage(), cause));
  }

  private void fail(NothingHappenedException e) {
    failure = done == 0 ? e : halfDone(e);
  }

  /**
   * The results of all orders, in their order.
   *
   * @throws NothingHappenedException of the first portion
   * @throws OutcomeUnknownException of any portion; also in place of a {@link
   *     NothingHappenedException} if an earlier portion took effect
   */
  List<O> results() {
    if (failure != null) {
      throw failure;
    }
    return results;
  }

  private List<Order> portion() {
    return orders.subList(done, Math.min(done + PORTION, orders.size()));
  }

  private OutcomeUnknownException halfDone(NothingHappenedException e) {
    return new OutcomeUnknownException(
        "done for " + done + " of " + orders.size() + " orders, then: " + e.getMessage(), e);
  }
}
