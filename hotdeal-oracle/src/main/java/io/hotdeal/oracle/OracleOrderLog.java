package io.hotdeal.oracle;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderState;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.ReserveResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The order log in Oracle: a batch of orders is one transaction, and the deal's row is locked once,
 * at its end.
 *
 * <p>{@link #reserve} inserts the rows, adds to the units of their buyers where the deal has a
 * limit, and last takes the units of the whole batch by one conditional update; with its commit
 * that is three round trips for any number of orders. Only where an order is there already, does
 * not fit, or is refused by the database, it takes a few more.
 *
 * <p>What a method wrote is committed when it returns, and as durable as the database commits: do
 * not run it with {@code COMMIT_WAIT=NOWAIT}. Methods block, each with one connection at a time and
 * a transaction of its own, so the data source must not hand out the connection of a transaction
 * that is open elsewhere. Connections come back with the autocommit that they had. Lock time-outs,
 * deadlocks and stale connections are tried again a few times; a batch whose commit got no answer
 * is done again, which tells what became of it, before {@link OutcomeUnknownException} is thrown.
 * All other breakage is a {@link NothingHappenedException}.
 *
 * <p>Windows, ages and dates go by the clock of this process, in UTC, to the millisecond. Needs the
 * tables of {@link OracleSchema}. Thread-safe, and safe beside any number of others on the same
 * tables.
 */
public final class OracleOrderLog extends Books {

  private final InstantSource clock;
  private final Terms terms = new Terms();

  private OracleOrderLog(DataSource dataSource, InstantSource clock) {
    super(dataSource, clock);
    this.clock = clock;
  }

  /** A log that takes units by a conditional update, on the system's clock. */
  public static OracleOrderLog conditionalUpdate(DataSource dataSource) {
    return new OracleOrderLog(dataSource, InstantSource.system());
  }

  /** The same log on another clock. */
  public OracleOrderLog withClock(InstantSource other) {
    return new OracleOrderLog(dataSource(), other);
  }

  @Override
  public List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    requireWritable(as);
    if (orders.isEmpty()) {
      return List.of();
    }
    Order.commonDealOf(orders);
    return reserve(List.copyOf(orders), as, attempts());
  }

  /** Where the database refuses a row, halves the batch until that row is alone. */
  private List<ReserveResult> reserve(List<Order> orders, OrderState as, Attempts attempts) {
    try {
      return attempts.write(
          new Taking<>(ledger(), terms, orders, as.name(), as.isFinal(), LogAnswers.INSTANCE));
    } catch (Violation e) {
      if (orders.size() == 1) {
        return List.of(new ReserveResult.Rejected(e.asNothingHappened()));
      }
      int half = orders.size() / 2;
      List<ReserveResult> results = new ArrayList<>(orders.size());
      results.addAll(reserve(orders.subList(0, half), as, attempts));
      results.addAll(reserve(orders.subList(half, orders.size()), as, attempts));
      return results;
    }
  }

  @Override
  public String toString() {
    return "OracleOrderLog[conditional update, " + clock + "]";
  }
}
