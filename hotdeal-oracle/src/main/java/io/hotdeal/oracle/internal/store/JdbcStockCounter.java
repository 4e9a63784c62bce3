package io.hotdeal.oracle.internal.store;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.DealState;
import io.hotdeal.Ids;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.Units;
import io.hotdeal.oracle.internal.jdbc.ConstraintViolation;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.TransactionRunner;
import io.hotdeal.spi.CallsByDeal;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stock counter in tables. Thread-safe. */
public final class JdbcStockCounter implements StockCounter {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcStockCounter.class);

  /** The status of a settled id that never held a claim: it takes no units. */
  private static final String NOTED = "NOTED";

  /** The status of an id that was sold and given back: it takes no units. */
  private static final String RETURNED = "RETURNED";

  private final JdbcStore store;
  private final DealTables tables;

  public JdbcStockCounter(JdbcStore store) {
    this.store = store;
    this.tables = store.tables();
  }

  @Override
  public void open(Deal deal) {
    DealTerms offered = DealTerms.opened(deal);
    DealTerms standing =
        store
            .transactionsOnTime()
            .writeAll(
                connection ->
                    tables.insertDeal(connection, offered, deal.quantity())
                        ? offered
                        : terms(connection, deal.id()));
    if (!standing.isOpenedInCounterBy(deal)) {
      throw new DealConflictException("counter", standing.deal(), deal);
    }
  }

  private DealTerms terms(Connection connection, String dealId) throws SQLException {
    return tables
        .deal(connection, dealId)
        .orElseThrow(() -> new SQLException("deal " + dealId + " was deleted meanwhile", "40001"))
        .terms(0);
  }

  /**
   * {@inheritDoc}
   *
   * @return one result per order; Conflict also for an order that a constraint of the database
   *     refuses, while the rest of the batch is claimed
   */
  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    return orders.isEmpty()
        ? List.of()
        : new DealsTogether<ClaimResult>(store, this::claimTogether, this::claimAlone)
            .run(List.copyOf(orders));
  }

  private DealsTogether.Outcome<ClaimResult> claimTogether(
      TransactionRunner transactions, Map<String, List<Order>> byDeal) throws ConstraintViolation {
    return transactions.write(
        new AllocateTogether<>(tables, byDeal, RowRule.CLAIMS, ClaimResults.INSTANCE));
  }

  private List<ClaimResult> claimAlone(TransactionRunner transactions, List<Order> orders) {
    List<ClaimResult> results =
        BatchSplitter.run(
            orders,
            some ->
                transactions.write(
                    new AllocateBatch<>(tables, some, RowRule.CLAIMS, ClaimResults.INSTANCE)),
            (order, refused) -> new Refusal.Conflict());
    postpone(transactions, PostponeClaims.needed(orders, results));
    return results;
  }

  /**
   * {@inheritDoc} A claim that a constraint of the database keeps from changing stays as it was;
   * the rest of the batch is postponed.
   */
  @Override
  public void postpone(List<Order> orders) {
    CallsByDeal.run(
        orders.stream().filter(Order::isHold).toList(),
        holds -> postpone(store.transactions(), holds));
  }

  private void postpone(TransactionRunner transactions, List<Order> holds) {
    if (!holds.isEmpty()) {
      List<Boolean> unused =
          BatchSplitter.run(
              holds,
              some -> transactions.writeKeyed(new PostponeClaims(tables, some)),
              JdbcStockCounter::refused);
    }
  }

  /**
   * {@inheritDoc} A claim that a constraint of the database keeps from changing stays as it was;
   * the rest of the batch is settled.
   */
  @Override
  public void settle(List<Order> orders) {
    ofKnownDeal(orders, this::settle);
  }

  private void settle(Connection connection, DealRow deal, List<Order> orders) throws SQLException {
    Instant now = tables.now();
    List<Order> sorted = DealTables.sorted(orders);
    List<@Nullable Object[]> rows = new ArrayList<>(sorted.size());
    for (Order order : sorted) {
      rows.add(new Object[] {now, deal.id(), order.id()});
    }
    boolean[] settled = Jdbc.batchHits(connection, StockCounterSql.SETTLE, rows);
    List<Order> others = chosen(sorted, settled, false);
    boolean[] noted = tables.insertOrdersIfAbsent(connection, others, NOTED, now);
    tables.addToBuyersWithoutLimit(connection, deal, chosen(others, noted, true));
  }

  /**
   * {@inheritDoc} A claim that a constraint of the database keeps from changing stays as it was;
   * the rest of the batch is released.
   */
  @Override
  public void release(List<Order> orders) {
    ofKnownDeal(orders, this::release);
  }

  private void release(Connection connection, DealRow deal, List<Order> orders)
      throws SQLException {
    List<Order> sorted = DealTables.sorted(orders);
    List<@Nullable Object[]> rows = new ArrayList<>(sorted.size());
    for (Order order : sorted) {
      rows.add(new Object[] {deal.id(), order.id(), order.buyerId(), order.quantity()});
    }
    boolean[] released = Jdbc.batchHits(connection, StockCounterSql.RELEASE, rows);
    tables.giveBack(connection, deal, chosen(sorted, released, true), List.of());
  }

  /**
   * {@inheritDoc} A claim that a constraint of the database keeps from changing stays as it was;
   * the rest of the batch is given back.
   */
  @Override
  public void giveBack(List<Order> orders) {
    ofKnownDeal(orders, this::giveBack);
  }

  private void giveBack(Connection connection, DealRow deal, List<Order> orders)
      throws SQLException {
    Instant now = tables.now();
    List<Order> sorted = DealTables.sorted(orders);
    List<Order> held = returned(connection, StockCounterSql.RETURN_HELD, sorted, now);
    List<Order> others = new ArrayList<>(sorted);
    others.removeAll(held);
    List<Order> settled = returned(connection, StockCounterSql.RETURN_SETTLED, others, now);
    others.removeAll(settled);
    boolean[] inserted = tables.insertOrdersIfAbsent(connection, others, RETURNED, now);
    requireNoClaim(connection, deal.id(), chosen(others, inserted, false));
    tables.takeFromBuyers(connection, deal, settled);
    tables.giveBack(connection, deal, held, List.of());
  }

  /** Another transaction may have claimed or settled an order between the statements. */
  private void requireNoClaim(Connection connection, String dealId, List<Order> orders)
      throws SQLException {
    List<String> ids = orders.stream().map(Order::id).distinct().toList();
    Map<String, OrderRow> rows = ids.isEmpty() ? Map.of() : tables.orders(connection, dealId, ids);
    for (Order order : orders) {
      OrderRow row = rows.get(order.id());
      boolean counts = row == null || !row.status().equals(RETURNED);
      if (counts && (row == null || row.order().sameContentAs(order))) {
        throw new SQLException("a row came between two statements of this batch", "40001");
      }
    }
  }

  private static List<Order> returned(
      Connection connection, String sql, List<Order> orders, Instant now) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>(orders.size());
    for (Order order : orders) {
      rows.add(new Object[] {now, order.dealId(), order.id(), order.buyerId(), order.quantity()});
    }
    return chosen(orders, Jdbc.batchHits(connection, sql, rows), true);
  }

  @Override
  public Optional<Stock> stock(String dealId) {
    Ids.check("deal id", dealId);
    return store
        .transactions()
        .read(
            connection ->
                Jdbc.queryOne(
                    connection, StockCounterSql.STOCK, JdbcStockCounter::readStock, dealId));
  }

  private static Stock readStock(ResultSet row) throws SQLException {
    return new Stock(
        row.getLong("QUANTITY"),
        row.getLong("CLAIMED"),
        row.getLong("SETTLED"),
        row.getLong("VERSION"),
        DealState.valueOf(row.getString("STATE")),
        row.getLong("TERMS"));
  }

  @Override
  public List<Order> overdue(String dealId, int limit) {
    Ids.check("deal id", dealId);
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
    return store.transactionsOnTime().read(connection -> overdue(connection, dealId, limit));
  }

  private List<Order> overdue(Connection connection, String dealId, int limit) throws SQLException {
    Optional<DealRow> deal = tables.deal(connection, dealId);
    if (deal.isEmpty()) {
      return List.of();
    }
    Instant now = tables.now();
    return Jdbc.query(
        connection,
        StockCounterSql.OVERDUE,
        OrderRow::readOrder,
        dealId,
        dealId,
        now,
        now.minus(deal.get().deal().hold()),
        (long) limit);
  }

  @Override
  public List<Order> held(String dealId, int limit) {
    Ids.check("deal id", dealId);
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
    return store
        .transactions()
        .read(
            connection ->
                Jdbc.query(
                    connection,
                    StockCounterSql.HELD,
                    OrderRow::readOrder,
                    dealId,
                    dealId,
                    (long) limit));
  }

  @Override
  public boolean restore(DealTerms terms, long remaining, long ifVersion) {
    if (remaining < 0 || remaining > Units.MAX) {
      throw new IllegalArgumentException(
          "remaining " + remaining + " is not within 0 and " + Units.MAX);
    }
    return store
        .transactions()
        .writeAll(
            connection ->
                ifVersion == Stock.ABSENT
                    ? tables.insertDeal(connection, terms, remaining)
                    : Jdbc.update(
                            connection,
                            StockCounterSql.RESTORE,
                            remaining,
                            terms.deal().id(),
                            ifVersion)
                        > 0);
  }

  @Override
  public void change(DealTerms terms) {
    store.transactions().writeAll(connection -> change(connection, terms));
  }

  private boolean change(Connection connection, DealTerms terms) throws SQLException {
    Deal deal = terms.deal();
    Optional<DealRow> known = tables.lockDeal(connection, deal.id());
    if (known.isEmpty() || known.get().terms().version() > terms.version()) {
      return false;
    }
    if (!known.get().hasLimit() && deal.limitPerBuyer() > 0) {
      delete(connection, deal.id()); // its buyers were not counted
      return true;
    }
    int changed =
        Jdbc.update(
            connection,
            StockCounterSql.CHANGE,
            terms.state().name(),
            deal.limitPerBuyer(),
            deal.opens(),
            deal.closes(),
            terms.version(),
            deal.id());
    return changed > 0;
  }

  @Override
  public void close(String dealId) {
    Ids.check("deal id", dealId);
    int unused =
        store
            .transactions()
            .writeAll(connection -> Jdbc.update(connection, StockCounterSql.CLOSE, dealId));
  }

  @Override
  public void purge(String dealId) {
    Ids.check("deal id", dealId);
    store.transactions().writeAll(connection -> purge(connection, dealId));
  }

  private boolean purge(Connection connection, String dealId) throws SQLException {
    boolean closed = tables.lockDeal(connection, dealId).filter(DealRow::closed).isPresent();
    if (closed) {
      delete(connection, dealId);
    }
    return closed;
  }

  private static void delete(Connection connection, String dealId) throws SQLException {
    Jdbc.update(connection, StockCounterSql.DELETE_CLAIMS, dealId);
    Jdbc.update(connection, StockCounterSql.DELETE_BUYERS, dealId);
    Jdbc.update(connection, StockCounterSql.DELETE_DEAL, dealId);
  }

  private void ofKnownDeal(List<Order> orders, ClaimStatement action) {
    CallsByDeal.run(List.copyOf(orders), some -> ofOneDeal(some, action));
  }

  private void ofOneDeal(List<Order> orders, ClaimStatement action) {
    TransactionRunner transactions = store.transactions();
    List<Boolean> unused =
        BatchSplitter.run(
            orders,
            some -> transactions.writeKeyed(connection -> apply(connection, action, some)),
            JdbcStockCounter::refused);
  }

  private List<Boolean> apply(Connection connection, ClaimStatement action, List<Order> orders)
      throws SQLException {
    Optional<DealRow> deal = tables.deal(connection, orders.get(0).dealId());
    if (deal.isPresent()) {
      action.apply(connection, deal.get(), orders);
    }
    return Collections.nCopies(orders.size(), true);
  }

  private static boolean refused(Order order, ConstraintViolation refused) {
    LOG.debug("the database refuses to change the claim of {}", order, refused);
    return false;
  }

  private static List<Order> chosen(List<Order> orders, boolean[] hits, boolean hit) {
    List<Order> chosen = new ArrayList<>();
    for (int i = 0; i < hits.length; i++) {
      if (hits[i] == hit) {
        chosen.add(orders.get(i));
      }
    }
    return chosen;
  }

  @FunctionalInterface
  private interface ClaimStatement {
    void apply(Connection connection, DealRow deal, List<Order> orders) throws SQLException;
  }
}
