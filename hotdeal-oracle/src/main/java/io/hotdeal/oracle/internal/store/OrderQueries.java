package io.hotdeal.oracle.internal.store;

import io.hotdeal.Ids;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.spi.OrderRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The methods of the log that only read orders. Thread-safe. */
final class OrderQueries {

  /** A text that sorts before all ids, as they contain no blank. */
  private static final String BEFORE_ALL_IDS = " ";

  private final JdbcStore store;

  OrderQueries(JdbcStore store) {
    this.store = store;
  }

  List<Optional<OrderRecord>> find(String dealId, List<String> orderIds) {
    Ids.check("deal id", dealId);
    orderIds.forEach(id -> Ids.check("order id", id));
    if (orderIds.isEmpty()) {
      return List.of();
    }
    List<String> ids = orderIds.stream().distinct().toList();
    Map<String, OrderRow> rows =
        store.transactions().read(connection -> store.tables().orders(connection, dealId, ids));
    return orderIds.stream()
        .map(id -> Optional.ofNullable(rows.get(id)).map(OrderRow::record))
        .toList();
  }

  List<OrderRecord> unresolved(String dealId, Duration olderThan, int limit) {
    check(dealId, limit);
    return records(
        store
            .transactionsOnTime()
            .read(
                connection ->
                    until(
                        connection,
                        OrderLogSql.UNRESOLVED,
                        dealId,
                        store.tables().now().minus(olderThan),
                        limit)));
  }

  List<OrderRecord> overdueHolds(String dealId, int limit) {
    check(dealId, limit);
    return records(
        store
            .transactionsOnTime()
            .read(
                connection ->
                    until(
                        connection,
                        OrderLogSql.OVERDUE_HOLDS,
                        dealId,
                        store.tables().now(),
                        limit)));
  }

  List<OrderRecord> returning(String dealId, int limit) {
    check(dealId, limit);
    return records(
        store
            .transactions()
            .read(
                connection ->
                    Jdbc.query(
                        connection,
                        OrderLogSql.RETURNING,
                        OrderRow::read,
                        dealId,
                        dealId,
                        (long) limit)));
  }

  private static List<OrderRow> until(
      Connection connection, String sql, String dealId, Instant latest, int limit)
      throws SQLException {
    return Jdbc.query(connection, sql, OrderRow::read, dealId, dealId, latest, (long) limit);
  }

  List<OrderRecord> paid(String dealId, String afterOrderId, int limit) {
    check(dealId, limit);
    // Oracle reads an empty string as NULL, and no comparison with NULL is true
    String after = afterOrderId.isEmpty() ? BEFORE_ALL_IDS : Ids.check("order id", afterOrderId);
    return records(store.transactions().read(connection -> paid(connection, dealId, after, limit)));
  }

  private static List<OrderRow> paid(Connection connection, String dealId, String after, int limit)
      throws SQLException {
    boolean oracle = connection.getMetaData().getDatabaseProductName().equals("Oracle");
    String page = oracle ? OrderLogSql.PAID_ON_ORACLE : OrderLogSql.PAID;
    return Jdbc.query(connection, page, OrderRow::read, dealId, after, (long) limit);
  }

  private static void check(String dealId, int limit) {
    Ids.check("deal id", dealId);
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is not at least 1");
    }
  }

  private static List<OrderRecord> records(List<OrderRow> rows) {
    return rows.stream().map(OrderRow::record).toList();
  }
}
