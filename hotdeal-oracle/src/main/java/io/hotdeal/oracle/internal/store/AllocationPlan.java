package io.hotdeal.oracle.internal.store;

import io.hotdeal.DealState;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.Sale;
import io.hotdeal.spi.OrderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

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

  private final RowRule rule;
  private final BatchSnapshot snapshot;
  private final Instant now;
  private final ResultFactory<R> results;
  private final Set<String> ids = new HashSet<>();
  private final Map<String, NewRow> taken = new HashMap<>();
  private final Map<String, Long> bought;
  private final List<NewRow> rows = new ArrayList<>();
  private final List<Step<R>> steps = new ArrayList<>();
  private long left;

  private AllocationPlan(
      RowRule rule, BatchSnapshot snapshot, Instant now, ResultFactory<R> results) {
    this.rule = rule;
    this.snapshot = snapshot;
    this.now = now;
    this.results = results;
    this.bought = new HashMap<>(snapshot.bought());
    this.left = snapshot.deal().map(DealRow::left).orElse(0L);
  }

  /**
   * @param rule makes the row of an order that is taken
   */
  static <R> AllocationPlan<R> of(
      List<Order> orders,
      RowRule rule,
      BatchSnapshot snapshot,
      Instant now,
      ResultFactory<R> results) {
    AllocationPlan<R> plan = new AllocationPlan<>(rule, snapshot, now, results);
    for (Order order : orders) {
      plan.ids.add(order.id());
      plan.steps.add(plan.step(order));
    }
    return plan;
  }

  /** Whether every id has a row to write. */
  boolean takesAll() {
    return rows.size() == ids.size();
  }

  /** The rows to write, each id once. */
  List<NewRow> rows() {
    return rows;
  }

  /** The orders of these rows. */
  List<Order> takes() {
    return rows.stream().map(NewRow::order).toList();
  }

  /** The sales that these rows are, sorted by order id. */
  List<Sale> sales() {
    return rows.stream()
        .filter(row -> row.status().equals(OrderState.PAID.name()))
        .sorted(Comparator.comparing(row -> row.order().id()))
        .map(row -> new Sale(row.order().asPossibleRetry(), null, row.recordedAt()))
        .toList();
  }

  /** The events of these sales. */
  List<EventRow> events() {
    return EventRow.sold(sales());
  }

  long unitsTaken() {
    return rows.stream().mapToLong(row -> row.order().quantity()).sum();
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

  private Step<R> step(Order order) {
    OrderRow row = snapshot.orders().get(order.id());
    if (row != null) {
      return row.order().sameContentAs(order) ? known(row.status(), row.until()) : conflict();
    }
    NewRow first = taken.get(order.id());
    if (first != null) {
      return first.order().sameContentAs(order)
          ? known(first.status(), first.expires())
          : conflict();
    }
    return snapshot
        .deal()
        .map(deal -> fresh(deal, order))
        .orElseGet(() -> no(new Refusal.UnknownDeal()));
  }

  private Step<R> known(String status, @Nullable Instant until) {
    return new Step<>(0, behind -> results.known(status, until, behind));
  }

  private Step<R> conflict() {
    return no(new Refusal.Conflict());
  }

  private Step<R> fresh(DealRow deal, Order order) {
    if (deal.closed() || !now.isBefore(deal.deal().closes())) {
      return no(new Refusal.Closed());
    }
    if (now.isBefore(deal.deal().opens())) {
      return no(new Refusal.NotYetOpen());
    }
    if (deal.terms().state() == DealState.PAUSED) {
      return no(new Refusal.Paused());
    }
    long units = bought.getOrDefault(order.buyerId(), 0L) + order.quantity();
    if (deal.hasLimit() && units > deal.limitPerBuyer()) {
      return no(new Refusal.LimitReached(deal.limitPerBuyer()));
    }
    if (order.quantity() > left) {
      return no(new Refusal.SoldOut(left));
    }
    bought.put(order.buyerId(), units);
    return take(rule.rowOf(order, deal, now));
  }

  private Step<R> take(NewRow row) {
    Order order = row.order();
    left -= order.quantity();
    taken.put(order.id(), row);
    rows.add(row);
    return new Step<>(order.quantity(), behind -> results.taken(row, behind));
  }

  private Step<R> no(Refusal refusal) {
    R answer = results.refused(refusal);
    return new Step<>(0, behind -> answer);
  }
}
