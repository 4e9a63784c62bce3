package io.hotdeal.oracle.internal.store;

import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.Ids;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.ReserveResult;
import io.hotdeal.UnknownDealException;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An order log in tables. Its {@link ReserveStrategy} decides how it reserves. Thread-safe. */
public final class JdbcOrderLog implements OrderLog {

  /** A text that sorts before all ids, as they contain no blank. */
  private static final String BEFORE_ALL_IDS = " ";

  private final JdbcStore store;
  private final ReserveStrategy strategy;

  public JdbcOrderLog(JdbcStore store, ReserveStrategy strategy) {
    this.store = store;
    this.strategy = strategy;
  }

  @Override
  public void open(Deal deal) {
    Deal standing = store.transactionsOnTime().writeAll(connection -> open(connection, deal));
    if (!standing.equals(deal)) {
      throw new DealConflictException("log", standing, deal);
    }
  }

  private Deal open(Connection connection, Deal deal) throws SQLException {
    if (store.tables().insertDeal(connection, deal, deal.quantity())) {
      return deal;
    }
    return Jdbc.queryOne(
            connection,
            OrderLogSql.OPENED,
            row -> DealRow.read(row).deal(row.getLong("RESTOCKED")),
            deal.id())
        .orElseThrow(
            () -> new SQLException("deal " + deal.id() + " was deleted meanwhile", "40001"));
  }

  @Override
  public List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    if (as != OrderState.RESERVED && as != OrderState.PAID) {
      throw new IllegalArgumentException("orders are written as RESERVED or PAID, not " + as);
    }
    if (orders.isEmpty()) {
      return List.of();
    }
    Order.commonDealOf(orders);
    return strategy.reserve(List.copyOf(orders), as);
  }

  @Override
  public List<OrderState> confirm(List<Order> orders) {
    if (orders.isEmpty()) {
      return List.of();
    }
    Order.commonDealOf(orders);
    return decisions().confirm(List.copyOf(orders));
  }

  @Override
  public List<OrderState> cancel(List<Order> orders) {
    if (orders.isEmpty()) {
      return List.of();
    }
    Order.commonDealOf(orders);
    return decisions().cancel(List.copyOf(orders));
  }

  private OrderDecisions decisions() {
    return new OrderDecisions(store.tables(), store.transactions());
  }

  @Override
  public List<Optional<OrderRecord>> find(String dealId, List<String> orderIds) {
    Ids.check("deal id", dealId);
    orderIds.forEach(id -> Ids.check("order id", id));
    if (orderIds.isEmpty()) {
      return List.of();
    }
    List<String> ids = orderIds.stream().distinct().toList();
    Map<String, OrderRow> rows =
        store.transactions().read(connection -> store.tables().orders(connection, dealId, ids));
    return orderIds.stream()
        .map(id -> Optional.ofNullable(rows.get(id)).map(JdbcOrderLog::record))
        .toList();
  }

  @Override
  public List<OrderRecord> unresolved(String dealId, Duration olderThan, int limit) {
    Ids.check("deal id", dealId);
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
    List<OrderRow> rows =
        store
            .transactionsOnTime()
            .read(connection -> unresolved(connection, dealId, olderThan, limit));
    return rows.stream().map(JdbcOrderLog::record).toList();
  }

  private List<OrderRow> unresolved(
      Connection connection, String dealId, Duration olderThan, int limit) throws SQLException {
    Instant until = store.tables().now().minus(olderThan);
    return Jdbc.query(
        connection, OrderLogSql.UNRESOLVED, OrderRow::read, dealId, dealId, until, (long) limit);
  }

  @Override
  public List<OrderRecord> paid(String dealId, String afterOrderId, int limit) {
    Ids.check("deal id", dealId);
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
    // Oracle reads an empty string as NULL, and no comparison with NULL is true
    String after = afterOrderId.isEmpty() ? BEFORE_ALL_IDS : Ids.check("order id", afterOrderId);
    List<OrderRow> rows =
        store.transactions().read(connection -> paid(connection, dealId, after, limit));
    return rows.stream().map(JdbcOrderLog::record).toList();
  }

  private static List<OrderRow> paid(Connection connection, String dealId, String after, int limit)
      throws SQLException {
    boolean oracle = connection.getMetaData().getDatabaseProductName().equals("Oracle");
    String page = oracle ? OrderLogSql.PAID_ON_ORACLE : OrderLogSql.PAID;
    return Jdbc.query(connection, page, OrderRow::read, dealId, after, (long) limit);
  }

  private static OrderRecord record(OrderRow row) {
    return new OrderRecord(row.order(), OrderState.valueOf(row.status()), row.recordedAt());
  }

  @Override
  public void restock(String dealId, long units, String operationId) {
    Ids.check("deal id", dealId);
    Ids.check("operation id", operationId);
    if (units == 0) {
      throw new IllegalArgumentException("restock of deal " + dealId + " by 0 units");
    }
    Optional<NothingHappenedException> refusal =
        store.transactions().writeAll(new Restock(store.tables(), dealId, units, operationId));
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  @Override
  public Optional<Tally> tally(String dealId) {
    Ids.check("deal id", dealId);
    return store.transactionsOnTime().read(connection -> tally(connection, dealId));
  }

  private static Optional<Tally> tally(Connection connection, String dealId) throws SQLException {
    List<Tally> perState =
        Jdbc.query(connection, OrderLogSql.TALLY, JdbcOrderLog::tallyOfOneState, dealId, dealId);
    return perState.stream().reduce(JdbcOrderLog::together);
  }

  private static Tally tallyOfOneState(ResultSet row) throws SQLException {
    DealRow deal = DealRow.read(row);
    Tally.Count count = new Tally.Count(row.getLong("ORDERS"), row.getLong("UNITS"));
    String status = row.getString("STATUS");
    return new Tally(
        deal.deal(row.getLong("RESTOCKED")),
        deal.total(),
        deal.left(),
        "RESERVED".equals(status) ? count : Tally.Count.NONE,
        "PAID".equals(status) ? count : Tally.Count.NONE,
        "CANCELLED".equals(status) ? count : Tally.Count.NONE,
        deal.closed());
  }

  private static Tally together(Tally one, Tally other) {
    return new Tally(
        one.deal(),
        one.quantity(),
        one.left(),
        one.reserved().plus(other.reserved()),
        one.paid().plus(other.paid()),
        one.cancelled().plus(other.cancelled()),
        one.closed());
  }

  @Override
  public void close(String dealId) {
    Ids.check("deal id", dealId);
    boolean known =
        store.transactions().writeAll(connection -> store.tables().closeDeal(connection, dealId));
    if (!known) {
      throw new UnknownDealException(dealId);
    }
  }

  @Override
  public long purge(String dealId) {
    Ids.check("deal id", dealId);
    return store.transactions().writeAll(connection -> purge(connection, dealId));
  }

  /** Locks the deal first, so that no reservation can commit during the purge. */
  private long purge(Connection connection, String dealId) throws SQLException {
    store.tables().lockDeal(connection, dealId);
    tally(connection, dealId)
        .orElseThrow(() -> new UnknownDealException(dealId))
        .requirePurgeable();
    return Jdbc.update(connection, OrderLogSql.PURGE, dealId);
  }
}
