package io.hotdeal.oracle;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.Order;
import io.hotdeal.OrderQuery;
import io.hotdeal.ReserveResult;
import io.hotdeal.oracle.internal.store.JdbcOrderLog;
import io.hotdeal.oracle.internal.store.JdbcStore;
import io.hotdeal.oracle.internal.store.RowLockReserve;
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
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * An order log that locks the deal's row for each order and takes the payment while it is locked:
 * the flow that this library replaces, kept for benchmarks and demonstrations. Do not sell with it.
 *
 * <p>One connection and one transaction per order: {@code SELECT QUANTITY … FOR UPDATE}, check,
 * {@code UPDATE}, {@code INSERT} the order as PAID, <em>pay</em>, {@code COMMIT}. All buyers of a
 * deal wait for the lock on one row, which is held for as long as the payment provider takes. An
 * order with {@link Order#payWithin} is written as HELD instead, without a payment.
 *
 * <p>It keeps the contract of the log nevertheless: orders are idempotent by id, limits and windows
 * hold. It cannot guarantee one charge per order unless the payment is idempotent by order id: a
 * transaction that fails after the payment is retried, and pays again. All methods but {@link
 * #reserve} work as in {@link OracleOrderLog}; so do durability, blocking and thread-safety.
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
   * Creates a log that locks the deal's row for each order, on the database's clock. Does not
   * connect.
   *
   * @param dataSource gives the connections; its owner closes it
   * @param payment called for an order that is reserved as PAID, while the row is locked. It blocks
   *     until the money is taken, and throws a {@link RuntimeException} to decline: the order is
   *     then Rejected and nothing is written
   */
  public static RowLockOrderLog selectForUpdate(DataSource dataSource, Consumer<Order> payment) {
    return new RowLockOrderLog(JdbcStore.orderLog(dataSource, OracleSchema::howToCreate), payment);
  }

  /** The same log on this clock, without reading the database's: for tests. */
  public RowLockOrderLog withClock(InstantSource clock) {
    return new RowLockOrderLog(store.withClock(clock), payment);
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
}
