package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.SqlErrorKind;
import io.hotdeal.oracle.internal.jdbc.TransactionBody;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A transaction that writes a batch of orders and takes their units.
 *
 * <p>First an optimistic attempt, unless the deal was last seen with too few units, or an order
 * would be refused: insert all rows, add to the buyers, take the sum of the units with one
 * conditional update. If a row exists already, or the update finds too little, roll back and
 * continue in rounds:
 *
 * <ol>
 *   <li>probe: insert the orders that may be retries where absent, which waits for concurrent
 *       inserts of the same ids, and roll back
 *   <li>read the deal, the buyers and the rows, and plan which orders are taken
 *   <li>insert those, add to their buyers, take their units. If the snapshot was stale, repeat
 * </ol>
 *
 * <p>A row that the database refuses fails the whole batch here: see {@link BatchSplitter}.
 *
 * <p>The snapshot only proposes; the unique key and the conditional updates decide.
 */
final class AllocateBatch<R> implements TransactionBody<List<R>> {

  private static final int MAX_ROUNDS = 50;

  private final DealTables tables;
  private final DealCache cache;
  private final List<Order> orders;
  private final RowRule rule;
  private final ResultFactory<R> results;

  /** Whether an earlier run may have sent its COMMIT, which may still take effect. */
  private boolean ranBefore;

  /**
   * @param orders at least one, all of one deal
   */
  AllocateBatch(DealTables tables, List<Order> orders, RowRule rule, ResultFactory<R> results) {
    this.tables = tables;
    this.cache = tables.cache();
    this.orders = orders;
    this.rule = rule;
    this.results = results;
  }

  @Override
  public List<R> run(Connection connection) throws SQLException {
    List<R> answers = runOnce(connection);
    ranBefore = true;
    return answers;
  }

  private List<R> runOnce(Connection connection) throws SQLException {
    boolean probed = false;
    DealRow deal = tables.cached(connection, dealId()).orElse(null);
    if (deal != null) {
      AllocationPlan<R> optimistic = plan(BatchSnapshot.optimistic(deal), tables.now());
      if (optimistic.takesAll() && optimistic.unitsTaken() <= deal.left()) {
        try {
          OptionalLong left = execute(connection, optimistic, deal);
          if (left.isPresent()) {
            return optimistic.answers(left.getAsLong());
          }
          probed = true;
        } catch (SQLException e) {
          rethrowUnless(SqlErrorKind.of(e).isViolation(), e);
        }
        connection.rollback();
      }
    }
    return inRounds(connection, probed);
  }

  private List<R> inRounds(Connection connection, boolean alreadyProbed) throws SQLException {
    boolean probed = alreadyProbed;
    int known = -1;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      try {
        if (!probed) {
          probe(connection);
          probed = true;
        }
        Optional<List<R>> done = round(connection);
        if (done.isPresent()) {
          return done.get();
        }
      } catch (SQLException e) {
        rethrowUnless(SqlErrorKind.of(e) == SqlErrorKind.DUPLICATE, e);
        int knownNow = known(connection);
        rethrowUnless(knownNow > known, e);
        known = knownNow;
        probed = false;
      }
      connection.rollback();
    }
    throw new SQLException("the deal changed " + MAX_ROUNDS + " times under this batch", "40001");
  }

  /**
   * How many keys of the batch, of orders and of buyers, are in the tables. A key that collided
   * with another transaction's is there afterwards; if a duplicate adds none, it is of a unique
   * index that is not part of hotdeal's schema.
   */
  private int known(Connection connection) throws SQLException {
    connection.rollback();
    BatchSnapshot snapshot = tables.snapshot(connection, tables.deal(connection, dealId()), orders);
    return snapshot.orders().size() + snapshot.bought().size();
  }

  private void probe(Connection connection) throws SQLException {
    List<Order> retries = possibleRetries();
    Instant decided = rule.decidedAt(tables.now());
    tables.insertOrdersIfAbsent(connection, retries, rule.status(), decided);
    connection.rollback();
  }

  /** Empty if the snapshot was stale. */
  private Optional<List<R>> round(Connection connection) throws SQLException {
    Optional<DealRow> deal = tables.deal(connection, dealId());
    AllocationPlan<R> plan = plan(tables.snapshot(connection, deal, orders), tables.now());
    if (deal.isEmpty() || plan.rows().isEmpty()) {
      return Optional.of(plan.answers());
    }
    OptionalLong left = execute(connection, plan, deal.get());
    return left.isPresent() ? Optional.of(plan.answers(left.getAsLong())) : Optional.empty();
  }

  /** The units left after the batch; empty if it does not fit. */
  private OptionalLong execute(Connection connection, AllocationPlan<R> plan, DealRow deal)
      throws SQLException {
    tables.insertOrders(connection, plan.rows());
    if (!tables.addToBuyers(connection, deal, plan.takes())) {
      return OptionalLong.empty();
    }
    tables.sold(connection, plan::sales);
    OptionalLong left =
        tables.takeUnits(connection, deal, plan.unitsTaken(), tables.now(), plan.events());
    left.ifPresent(units -> cache.put(dealId(), Optional.of(deal.withLeft(units))));
    return left;
  }

  private AllocationPlan<R> plan(BatchSnapshot snapshot, Instant now) {
    return AllocationPlan.of(orders, rule, snapshot, now, results);
  }

  private String dealId() {
    return orders.get(0).dealId();
  }

  /**
   * Each id once. First attempts are left out, because no earlier call can be inserting their ids,
   * unless an earlier run of this one can.
   */
  private List<Order> possibleRetries() {
    Set<String> seen = new HashSet<>();
    return DealTables.sorted(
        orders.stream()
            .filter(order -> (ranBefore || !order.firstAttempt()) && seen.add(order.id()))
            .toList());
  }

  private static void rethrowUnless(boolean expected, SQLException e) throws SQLException {
    if (!expected) {
      throw e;
    }
  }
}
