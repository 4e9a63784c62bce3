package io.hotdeal.oracle;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.oracle.internal.store.JdbcStockCounter;
import io.hotdeal.oracle.internal.store.JdbcStore;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A stock counter in Oracle, for a shop that needs a counter but has no other store. Unlike a
 * counter in memory it loses no claims.
 *
 * <p>A batch of claims is one transaction, as a batch of orders is in {@link OracleOrderLog}, on
 * tables of its own; what is documented there about connections, transactions, errors, clock and
 * thread-safety applies here too. It does not relieve a log on the same database: use that log
 * without a counter.
 *
 * <p>The claim of an order with {@link Order#payWithin} keeps its own deadline. A repeated one that
 * moves it is one more transaction.
 */
public final class OracleStockCounter implements StockCounter {

  private final JdbcStore store;
  private final StockCounter delegate;

  OracleStockCounter(JdbcStore store) {
    this.store = store;
    this.delegate = new JdbcStockCounter(store);
  }

  /**
   * Creates a counter that takes units with a conditional update, on the database's clock. Does not
   * connect.
   *
   * @param dataSource gives the connections; its owner closes it
   */
  public static OracleStockCounter conditionalUpdate(DataSource dataSource) {
    return new OracleStockCounter(JdbcStore.stockCounter(dataSource, OracleSchema::howToCreate));
  }

  /** The same counter on this clock, without reading the database's: for tests. */
  public OracleStockCounter withClock(InstantSource clock) {
    return new OracleStockCounter(store.withClock(clock));
  }

  @Override
  public void open(Deal deal) {
    delegate.open(deal);
  }

  /**
   * {@inheritDoc}
   *
   * @return one result per order; Conflict also for an order that a constraint of the database
   *     refuses, while the rest of the batch is claimed
   */
  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    return delegate.claim(orders);
  }

  /**
   * {@inheritDoc} A claim that a constraint of the database keeps from changing stays as it was;
   * the rest of the batch is postponed.
   */
  @Override
  public void postpone(List<Order> orders) {
    delegate.postpone(orders);
  }

  /**
   * {@inheritDoc} A claim that a constraint of the database keeps from changing stays as it was;
   * the rest of the batch is settled.
   */
  @Override
  public void settle(List<Order> orders) {
    delegate.settle(orders);
  }

  /**
   * {@inheritDoc} A claim that a constraint of the database keeps from changing stays as it was;
   * the rest of the batch is released.
   */
  @Override
  public void release(List<Order> orders) {
    delegate.release(orders);
  }

  /**
   * {@inheritDoc} A claim that a constraint of the database keeps from changing stays as it was.
   */
  @Override
  public void giveBack(List<Order> orders) {
    delegate.giveBack(orders);
  }

  @Override
  public Optional<Stock> stock(String dealId) {
    return delegate.stock(dealId);
  }

  @Override
  public List<Order> overdue(String dealId, int limit) {
    return delegate.overdue(dealId, limit);
  }

  @Override
  public List<Order> held(String dealId, int limit) {
    return delegate.held(dealId, limit);
  }

  @Override
  public boolean restore(DealTerms terms, long remaining, long ifVersion) {
    return delegate.restore(terms, remaining, ifVersion);
  }

  /**
   * {@inheritDoc} A deal without a limit per buyer that gets one is forgotten, because its buyers
   * were not counted: it is restored from the log.
   */
  @Override
  public void change(DealTerms terms) {
    delegate.change(terms);
  }

  @Override
  public void close(String dealId) {
    delegate.close(dealId);
  }

  @Override
  public void purge(String dealId) {
    delegate.purge(dealId);
  }
}
