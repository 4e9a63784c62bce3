package io.hotdeal.oracle;

import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.ReserveResult;
import io.hotdeal.oracle.internal.store.BatchReserve;
import io.hotdeal.oracle.internal.store.JdbcOrderLog;
import io.hotdeal.oracle.internal.store.JdbcStore;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
public final class OracleOrderLog implements OrderLog {

  private final JdbcStore store;
  private final OrderLog delegate;

  OracleOrderLog(JdbcStore store) {
    this.store = store;
    this.delegate = new JdbcOrderLog(store, new BatchReserve(store));
  }

  /** A log that takes units by a conditional update, on the database's clock. */
  public static OracleOrderLog conditionalUpdate(DataSource dataSource) {
    return new OracleOrderLog(JdbcStore.orderLog(dataSource, OracleSchema::howToCreate));
  }

  /** The same log on this clock alone, whatever the database's says: for tests. */
  public OracleOrderLog withClock(InstantSource clock) {
    return new OracleOrderLog(store.withClock(clock));
  }

  @Override
  public void open(Deal deal) {
    delegate.open(deal);
  }

  @Override
  public List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    return delegate.reserve(orders, as);
  }

  @Override
  public List<OrderState> confirm(List<Order> orders) {
    return delegate.confirm(orders);
  }

  @Override
  public List<OrderState> cancel(List<Order> orders) {
    return delegate.cancel(orders);
  }

  @Override
  public List<Optional<OrderRecord>> find(String dealId, List<String> orderIds) {
    return delegate.find(dealId, orderIds);
  }

  @Override
  public List<OrderRecord> unresolved(String dealId, Duration olderThan, int limit) {
    return delegate.unresolved(dealId, olderThan, limit);
  }

  @Override
  public List<OrderRecord> paid(String dealId, String afterOrderId, int limit) {
    return delegate.paid(dealId, afterOrderId, limit);
  }

  @Override
  public void restock(String dealId, long units, String operationId) {
    delegate.restock(dealId, units, operationId);
  }

  @Override
  public Optional<Tally> tally(String dealId) {
    return delegate.tally(dealId);
  }

  @Override
  public void close(String dealId) {
    delegate.close(dealId);
  }

  @Override
  public long purge(String dealId) {
    return delegate.purge(dealId);
  }

  @Override
  public String toString() {
    return "OracleOrderLog[conditional update, " + store + "]";
  }
}
