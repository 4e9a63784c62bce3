package io.hotdeal.oracle;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.ReserveResult;
import io.hotdeal.oracle.internal.store.JdbcOrderLog;
import io.hotdeal.oracle.internal.store.JdbcStore;
import io.hotdeal.oracle.internal.store.RowLockReserve;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The flow that this library replaces, kept to be measured and demonstrated: do not sell with it.
 *
 * <p>Per order, one connection and one transaction: {@code SELECT QUANTITY … FOR UPDATE}, check,
 * {@code UPDATE}, {@code INSERT} the order as PAID, <em>pay</em>, {@code COMMIT}. Every buyer of
 * the deal queues on one row, which is locked while a stranger takes the money: a hot block.
 *
 * <p>It keeps the contract of the log nevertheless: orders are keyed, limits and windows hold. What
 * it cannot keep is one charge per order, unless the payment itself is keyed: a transaction that
 * fails after it was paid is done again. Everything but {@link #reserve} is as in {@link
 * OracleOrderLog}, durability, blocking and thread-safety too.
 */
public final class RowLockOrderLog implements OrderLog {

  private final JdbcStore store;
  private final Consumer<Order> payment;
  private final OrderLog delegate;

  RowLockOrderLog(JdbcStore store, Consumer<Order> payment) {
    this.store = store;
    this.payment = payment;
    this.delegate = new JdbcOrderLog(store, new RowLockReserve(store, payment));
  }

  /**
   * A log that locks the deal's row for each order, on the database's clock.
   *
   * @param payment called for an order that is reserved as PAID, while the row is locked; it blocks
   *     until the money is taken, and throws to decline: the order is Rejected and nothing is
   *     written
   */
  public static RowLockOrderLog selectForUpdate(DataSource dataSource, Consumer<Order> payment) {
    return new RowLockOrderLog(JdbcStore.orderLog(dataSource, OracleSchema::howToCreate), payment);
  }

  /** The same log on this clock alone, whatever the database's says: for tests. */
  public RowLockOrderLog withClock(InstantSource clock) {
    return new RowLockOrderLog(store.withClock(clock), payment);
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
}
