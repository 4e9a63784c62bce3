package io.hotdeal.oracle;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderQuery;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.ReserveResult;
import io.hotdeal.oracle.internal.store.BatchReserve;
import io.hotdeal.oracle.internal.store.JdbcOrderLog;
import io.hotdeal.oracle.internal.store.JdbcStore;
import io.hotdeal.spi.DealBalance;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.Housekeeping;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Outbox;
import io.hotdeal.spi.Tally;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The order log in Oracle: a batch of orders is one transaction, which locks the deal's row once,
 * as its last statement.
 *
 * <p>{@link #reserve} inserts the rows, adds to the units of their buyers where the deal has a
 * limit, and last takes the units of the whole batch with one conditional update. With the commit
 * that is three round trips for any number of orders; a limit per buyer adds two or more. It takes
 * more if an order id is in the log already, an order does not fit, or the database refuses a row.
 *
 * <p>{@link #confirmHeld} updates the rows of held orders, without a change of the deal's row, and
 * reads them: with the commit three round trips for any number of payments. It takes more for those
 * that are late or repeated. {@link #endHolds} gives units back as {@link #cancel} does, with the
 * deal's row last.
 *
 * <p>What a method wrote is committed when it returns, and as durable as the database's commits
 * are: do not run it with {@code COMMIT_WAIT=NOWAIT}. Every method blocks; it uses one connection
 * at a time, in a transaction of its own, so the data source must not hand out a connection with an
 * open transaction. Connections are returned with the autocommit setting that they had. Lock
 * time-outs, deadlocks and stale connections are retried, up to five attempts in all. A commit
 * without an answer is followed by the same, idempotent transaction on a new connection, whose
 * result shows what became of the first. {@link OutcomeUnknownException} is thrown if no attempt
 * gets an answer, or if a batch fails of which a part was committed; any other failure is a {@link
 * NothingHappenedException}.
 *
 * <p>A row that a constraint, a unique index or a trigger of the database refuses fails alone: its
 * batch is split in halves and retried, at a cost of about 2·log2(n) transactions for each such row
 * in a batch of n.
 *
 * <p>Windows, ages and dates go by the database's clock, in UTC, to the millisecond. Each process
 * keeps the offset of that clock from its own: it reads the clock in its first transaction, and
 * again in {@link #open}, {@link #unresolved}, {@link #overdueHolds}, {@link #tally}, {@link
 * #balance}, and when a process takes deals, at most once per second. A skew of more than two
 * seconds is logged as a warning. Needs the tables of {@link OracleSchema}. Thread-safe; any number
 * of processes may share the tables.
 */
public final class OracleOrderLog implements OrderLog {

  private final JdbcStore store;
  private final OrderLog delegate;

  OracleOrderLog(JdbcStore store) {
    this.store = store;
    this.delegate = new JdbcOrderLog(store, new BatchReserve(store));
  }

  /**
   * Creates a log that takes units with a conditional update, on the database's clock. Does not
   * connect.
   *
   * @param dataSource gives the connections; its owner closes it
   */
  public static OracleOrderLog conditionalUpdate(DataSource dataSource) {
    return new OracleOrderLog(JdbcStore.orderLog(dataSource, OracleSchema::howToCreate));
  }

  /**
   * The same log, whose transactions also write rows of the application: with each batch of orders
   * that become PAID, whoever sells them. Every process that sells the same deals, or runs their
   * resolver, has to have the same.
   *
   * <p>A batch takes longer by what is written; docs/performance.md has a measurement (H2).
   */
  public OracleOrderLog alongside(SoldRows rows) {
    return new OracleOrderLog(store.withSaleHook(rows::write));
  }

  /** The same log on this clock, without reading the database's: for tests. */
  public OracleOrderLog withClock(InstantSource clock) {
    return new OracleOrderLog(store.withClock(clock));
  }

  @Override
  public boolean combinesDeals() {
    return delegate.combinesDeals();
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
  public List<Optional<OrderSnapshot>> confirmHeld(List<HoldPayment> payments) {
    return delegate.confirmHeld(payments);
  }

  @Override
  public List<Optional<OrderSnapshot>> extend(List<HoldExtension> extensions) {
    return delegate.extend(extensions);
  }

  @Override
  public List<OrderState> endHolds(List<Order> orders, OrderState as) {
    return delegate.endHolds(orders, as);
  }

  @Override
  public List<OrderRecord> overdueHolds(String dealId, int limit) {
    return delegate.overdueHolds(dealId, limit);
  }

  @Override
  public List<Optional<OrderRecord>> find(String dealId, List<String> orderIds) {
    return delegate.find(dealId, orderIds);
  }

  @Override
  public List<OrderRecord> orders(OrderQuery query) {
    return delegate.orders(query);
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
  public Optional<DealBalance> balance(String dealId) {
    return delegate.balance(dealId);
  }

  @Override
  public List<Optional<OrderSnapshot>> giveBack(List<OrderReturn> returns) {
    return delegate.giveBack(returns);
  }

  @Override
  public List<OrderState> finishReturns(List<Order> orders) {
    return delegate.finishReturns(orders);
  }

  @Override
  public List<OrderRecord> returning(String dealId, int limit) {
    return delegate.returning(dealId, limit);
  }

  @Override
  public DealTerms change(String dealId, DealChange change) {
    return delegate.change(dealId, change);
  }

  @Override
  public Outbox outbox() {
    return delegate.outbox();
  }

  @Override
  public Housekeeping housekeeping() {
    return delegate.housekeeping();
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
