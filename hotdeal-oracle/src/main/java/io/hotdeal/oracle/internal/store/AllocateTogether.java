package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.TransactionBody;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that writes orders of several deals and takes their units, with as many statements
 * as for one deal. It never waits for the lock of a deal:
 *
 * <ol>
 *   <li>insert all rows, add to all buyers, as if there were enough units
 *   <li>lock those of the deals that no other transaction has locked
 *   <li>remove the rows of the others, and of the deals whose terms have changed, or that have too
 *       few units
 *   <li>take the units of the rest
 * </ol>
 *
 * <p>A deal without an answer is left to a call of its own: see {@link DealsTogether}.
 */
final class AllocateTogether<R> implements TransactionBody<DealsTogether.Outcome<R>> {

  /** The orders of one deal, all of which are taken if it has the units. */
  record Part<R>(DealRow deal, AllocationPlan<R> plan) {

    String dealId() {
      return deal.id();
    }
  }

  private final DealTables tables;
  private final CombinedTables combined;
  private final Map<String, List<Order>> orders;
  private final RowRule rule;
  private final ResultFactory<R> results;

  /** Whether an earlier run may have sent its COMMIT, which may still take effect. */
  private boolean ranBefore;

  /**
   * @param orders by deal id
   */
  AllocateTogether(
      DealTables tables, Map<String, List<Order>> orders, RowRule rule, ResultFactory<R> results) {
    this.tables = tables;
    this.combined = tables.combined();
    this.orders = orders;
    this.rule = rule;
    this.results = results;
  }

  @Override
  public DealsTogether.Outcome<R> run(Connection connection) throws SQLException {
    if (ranBefore) {
      return DealsTogether.Outcome.noneButInDoubt();
    }
    DealsTogether.Outcome<R> outcome = runOnce(connection);
    ranBefore = true;
    return outcome;
  }

  private DealsTogether.Outcome<R> runOnce(Connection connection) throws SQLException {
    List<Part<R>> parts = parts(connection);
    if (parts.size() < 2) {
      return DealsTogether.Outcome.none();
    }
    tables.insertOrders(connection, parts.stream().flatMap(it -> it.plan.rows().stream()).toList());
    AddedToBuyers added = combined.addToBuyers(connection, parts);
    Map<String, LockedDeal> locked =
        combined.lock(connection, parts.stream().map(Part::dealId).toList());
    List<Part<R>> taken =
        parts.stream()
            .filter(it -> !added.isBeyondLimit(it.dealId()) && fits(it, locked.get(it.dealId())))
            .toList();
    List<Part<R>> left = parts.stream().filter(it -> !taken.contains(it)).toList();
    combined.remove(connection, rows(left), added.of(ids(left)));
    for (Part<R> part : taken) {
      tables.sold(connection, part.plan::sales);
    }
    return new DealsTogether.Outcome<>(
        combined.take(connection, taken, locked), busy(left, locked), false);
  }

  /** Those of the deals all of whose orders seem to fit, by deal id. */
  private List<Part<R>> parts(Connection connection) throws SQLException {
    Instant now = tables.now();
    List<Part<R>> parts = new ArrayList<>();
    for (String dealId : orders.keySet().stream().sorted().toList()) {
      Optional<DealRow> deal = tables.cached(connection, dealId);
      if (deal.isPresent()) {
        Part<R> part = part(deal.get(), now);
        if (part.plan.takesAll() && part.plan.unitsTaken() <= deal.get().left()) {
          parts.add(part);
        }
      }
    }
    return parts;
  }

  private Part<R> part(DealRow deal, Instant now) {
    List<Order> ofDeal = orders.getOrDefault(deal.id(), List.of());
    BatchSnapshot snapshot = BatchSnapshot.optimistic(deal);
    return new Part<>(deal, AllocationPlan.of(ofDeal, rule, snapshot, now, results));
  }

  /** As the condition of {@link SharedSql#takeUnits}. */
  private boolean fits(Part<R> part, @Nullable LockedDeal locked) {
    return locked != null
        && locked.row().sells(part.deal, tables.now())
        && locked.row().left() >= part.plan.unitsTaken();
  }

  private static <R> List<Order> rows(List<Part<R>> parts) {
    return parts.stream().flatMap(it -> it.plan.takes().stream()).toList();
  }

  private static <R> Set<String> ids(List<Part<R>> parts) {
    Set<String> ids = new HashSet<>();
    parts.forEach(it -> ids.add(it.dealId()));
    return ids;
  }

  /** Those of the deals that another transaction has locked. */
  private static <R> Set<String> busy(List<Part<R>> left, Map<String, LockedDeal> locked) {
    Set<String> busy = ids(left);
    busy.removeAll(locked.keySet());
    return busy;
  }
}
