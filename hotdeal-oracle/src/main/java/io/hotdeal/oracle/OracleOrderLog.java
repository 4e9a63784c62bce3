package io.hotdeal.oracle;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.spi.OrderState;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.ReserveResult;
import java.time.InstantSource;
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
 * <p>A row that a constraint, a unique index or a trigger of the database refuses fails alone: its
 * batch is done again in halves, about twice the logarithm of the batch's size in transactions for
 * each such row.
 *
 * <p>Windows, ages and dates go by the database's clock, in UTC, to the millisecond: each process
 * reads it when it opens a deal and with each sweep, at most once per second, and reckons with the
 * difference to its own; a skew of more than two seconds is a warning. Needs the tables of {@link
 * OracleSchema}. Thread-safe, and safe beside any number of others on the same tables.
 */
public final class OracleOrderLog extends Books {

  private final LogClock clock;
  private final Terms terms = new Terms();

  OracleOrderLog(DataSource dataSource, LogClock clock) {
    super(dataSource, clock);
    this.clock = clock;
  }

  /** A log that takes units by a conditional update, on the database's clock. */
  public static OracleOrderLog conditionalUpdate(DataSource dataSource) {
    return new OracleOrderLog(dataSource, databaseClock(InstantSource.system()));
  }

  /** The same log on this clock alone, whatever the database's says: for tests. */
  public OracleOrderLog withClock(InstantSource other) {
    return new OracleOrderLog(dataSource(), LogClock.given(other));
  }

  @Override
  public List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    requireWritable(as);
    if (orders.isEmpty()) {
      return List.of();
    }
    Order.commonDealOf(orders);
    Attempts attempts = attempts();
    return Halving.of(
        List.copyOf(orders),
        some -> attempts.write(taking(some, as)),
        (order, refused) -> new ReserveResult.Rejected(refused.asNothingHappened()));
  }

  private Taking<ReserveResult> taking(List<Order> orders, OrderState as) {
    return new Taking<>(ledger(), terms, orders, as.name(), as.isFinal(), LogAnswers.INSTANCE);
  }

  @Override
  public String toString() {
    return "OracleOrderLog[conditional update, " + clock + "]";
  }
}
