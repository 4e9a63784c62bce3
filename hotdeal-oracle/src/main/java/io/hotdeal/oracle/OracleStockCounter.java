package io.hotdeal.oracle;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.oracle.internal.store.JdbcStockCounter;
import io.hotdeal.oracle.internal.store.JdbcStore;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A stock counter in Oracle, for those who want a counter but no other store; unlike others it
 * loses nothing.
 *
 * <p>A batch of claims is one transaction, as a batch of orders is in {@link OracleOrderLog}, on
 * tables of its own; what is said there of connections, transactions, errors, clock and
 * thread-safety holds here too. In front of a log on the same database it saves nothing: no counter
 * is needed there.
 */
public final class OracleStockCounter implements StockCounter {

  private final JdbcStore store;
  private final StockCounter delegate;

  OracleStockCounter(JdbcStore store) {
    this.store = store;
    this.delegate = new JdbcStockCounter(store);
  }

  /** A counter that takes units by a conditional update, on the database's clock. */
  public static OracleStockCounter conditionalUpdate(DataSource dataSource) {
    return new OracleStockCounter(JdbcStore.stockCounter(dataSource, OracleSchema::howToCreate));
  }

  /** The same counter on this clock alone, whatever the database's says: for tests. */
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
   * @return Conflict also for a claim that a constraint of the database refuses, alone
   */
  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    return delegate.claim(orders);
  }

  /** {@inheritDoc} What a constraint of the database refuses stays as it is, alone. */
  @Override
  public void settle(List<Order> orders) {
    delegate.settle(orders);
  }

  /** {@inheritDoc} What a constraint of the database refuses stays as it is, alone. */
  @Override
  public void release(List<Order> orders) {
    delegate.release(orders);
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
  public boolean restore(Deal deal, long remaining, long ifVersion) {
    return delegate.restore(deal, remaining, ifVersion);
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
