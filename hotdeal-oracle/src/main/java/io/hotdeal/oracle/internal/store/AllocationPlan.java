package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * A plan of what becomes of each order of a batch, in list order, if a snapshot is up to date: the
 * rules that both ports share, without a database.
 *
 * <p>Every order is answered as if it came in a call of its own, so the second occurrence of an id
 * is answered from the first.
 */
final class AllocationPlan<R> {

  /**
   * The outcome of one order.
   *
   * @param units the units that it takes
   * @param answer makes its result from the units left after it
   */
  private record Step<R>(long units, LongFunction<R> answer) {}

  private final BatchSnapshot snapshot;
  private final ResultFactory<R> results;
  private final Instant now;
  private final Map<String, Order> takes = new HashMap<>();
  private final Map<String, Long> bought;
  private final List<Order> inOrder = new ArrayList<>();
  private final List<Step<R>> steps = new ArrayList<>();
  private long left;

  private AllocationPlan(BatchSnapshot snapshot, Instant now, ResultFactory<R> results) {
    this.snapshot = snapshot;
    this.results = results;
    this.now = now;
    this.bought = new HashMap<>(snapshot.bought());
    this.left = snapshot.deal().map(DealRow::left).orElse(0L);
  }

  /**
   * @param status the status that is written for an order that is taken
   */
  static <R> AllocationPlan<R> of(
      List<Order> orders,
      String status,
      BatchSnapshot snapshot,
      Instant now,
      ResultFactory<R> results) {
    AllocationPlan<R> plan = new AllocationPlan<>(snapshot, now, results);
    for (Order order : orders) {
      plan.steps.add(plan.step(order, status));
    }
    return plan;
  }

  /** The orders to write, each id once. */
  List<Order> takes() {
    return inOrder;
  }

  long unitsTaken() {
    return inOrder.stream().mapToLong(Order::quantity).sum();
  }

  /** The answers if nothing is taken. */
  List<R> answers() {
    return answers(left);
  }

  /**
   * The answers, position by position.
   *
   * @param leftAfter the units left after the last order
   */
  List<R> answers(long leftAfter) {
    List<R> backwards = new ArrayList<>(steps.size());
    long behind = leftAfter;
    for (int i = steps.size() - 1; i >= 0; i--) {
      backwards.add(steps.get(i).answer.apply(behind));
      behind += steps.get(i).units;
    }
    Collections.reverse(backwards);
    return backwards;
  }

  private Step<R> step(Order order, String status) {
    OrderRow row = snapshot.orders().get(order.id());
    if (row != null) {
      return known(row.order(), order, row.status());
    }
    Order taken = takes.get(order.id());
    if (taken != null) {
      return known(taken, order, status);
    }
    return snapshot
        .deal()
        .map(deal -> fresh(deal, order))
        .orElseGet(() -> no(new Refusal.UnknownDeal()));
  }

  private Step<R> known(Order standing, Order order, String status) {
    return standing.sameContentAs(order)
        ? new Step<>(0, behind -> results.known(status, behind))
        : no(new Refusal.Conflict());
  }

  private Step<R> fresh(DealRow deal, Order order) {
    if (deal.closed() || !now.isBefore(deal.closes())) {
      return no(new Refusal.Closed());
    }
    if (now.isBefore(deal.opens())) {
      return no(new Refusal.NotYetOpen());
    }
    long units = bought.getOrDefault(order.buyerId(), 0L) + order.quantity();
    if (deal.hasLimit() && units > deal.limitPerBuyer()) {
      return no(new Refusal.LimitReached(deal.limitPerBuyer()));
    }
    if (order.quantity() > left) {
      return no(new Refusal.SoldOut(left));
    }
    bought.put(order.buyerId(), units);
    return take(order);
  }

  private Step<R> take(Order order) {
    left -= order.quantity();
    takes.put(order.id(), order);
    inOrder.add(order);
    return new Step<>(order.quantity(), results::taken);
  }

  private Step<R> no(Refusal refusal) {
    R answer = results.refused(refusal);
    return new Step<>(0, behind -> answer);
  }
}
