package io.hotdeal.oracle.internal.store;

import io.hotdeal.DealEvent.Kind;
import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.TransactionBody;
import io.hotdeal.spi.OrderState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that cancels a batch of orders: RESERVED rows become CANCELLED, an id without a row
 * gets a tombstone, and the units are given back, to the deal last.
 *
 * <p>The result is empty if the deal does not exist.
 */
final class CancelBatch implements TransactionBody<Optional<List<OrderState>>> {

  private final DealTables tables;
  private final List<Order> orders;

  /**
   * @param orders at least one, all of one deal
   */
  CancelBatch(DealTables tables, List<Order> orders) {
    this.tables = tables;
    this.orders = orders;
  }

  @Override
  public Optional<List<OrderState>> run(Connection connection) throws SQLException {
    Optional<DealRow> deal = tables.deal(connection, orders.get(0).dealId());
    return deal.isEmpty() ? Optional.empty() : Optional.of(cancel(connection, deal.get()));
  }

  private List<OrderState> cancel(Connection connection, DealRow deal) throws SQLException {
    List<Order> sorted = DealTables.sorted(orders);
    Instant now = tables.now();
    List<Order> freed = cancelReserved(connection, sorted, now);
    List<Order> rest = new ArrayList<>(sorted);
    rest.removeAll(freed);
    tables.insertOrdersIfAbsent(connection, rest, OrderState.CANCELLED.name(), now);
    Map<String, OrderRow> rows =
        tables.orders(connection, deal.id(), orders.stream().map(Order::id).distinct().toList());
    List<OrderState> states = new ArrayList<>(orders.size());
    for (Order order : orders) {
      OrderRow row = rows.get(order.id());
      if (row == null || isStillReserved(row, order)) {
        throw new SQLException("a row came between two statements of this batch", "40001");
      }
      states.add(row.state());
    }
    tables.giveBack(connection, deal, freed, EventRow.of(Kind.CANCELLED, freed));
    return states;
  }

  private static List<Order> cancelReserved(Connection connection, List<Order> sorted, Instant now)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>(sorted.size());
    for (Order order : sorted) {
      rows.add(new Object[] {now, order.dealId(), order.id(), order.buyerId(), order.quantity()});
    }
    boolean[] cancelled = Jdbc.batchHits(connection, OrderLogSql.CANCEL, rows);
    List<Order> freed = new ArrayList<>();
    for (int i = 0; i < cancelled.length; i++) {
      if (cancelled[i]) {
        freed.add(sorted.get(i));
      }
    }
    return freed;
  }

  private static boolean isStillReserved(OrderRow row, Order order) {
    return row.status().equals(OrderState.RESERVED.name()) && row.order().sameContentAs(order);
  }
}
