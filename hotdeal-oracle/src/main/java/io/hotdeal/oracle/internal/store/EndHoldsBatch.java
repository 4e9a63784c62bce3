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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that ends a batch of holds, and gives their units back, to the deal last: HELD rows
 * become EXPIRED if their deadline has passed; or HELD rows, and then EXPIRED ones, whose units are
 * back already, become CANCELLED.
 */
final class EndHoldsBatch implements TransactionBody<List<OrderState>> {

  private final DealTables tables;
  private final List<Order> orders;
  private final OrderState as;

  /**
   * @param orders at least one, all of one deal, each with another id
   * @param as EXPIRED or CANCELLED
   */
  EndHoldsBatch(DealTables tables, List<Order> orders, OrderState as) {
    this.tables = tables;
    this.orders = orders;
    this.as = as;
  }

  @Override
  public List<OrderState> run(Connection connection) throws SQLException {
    Instant now = tables.now();
    List<Order> sorted = DealTables.sorted(orders);
    List<Order> freed =
        as == OrderState.EXPIRED
            ? expire(connection, sorted, now)
            : cancel(connection, OrderLogSql.CANCEL_HELD, sorted, now);
    List<Order> ended = new ArrayList<>(freed);
    if (as == OrderState.CANCELLED) {
      List<Order> others = new ArrayList<>(sorted);
      others.removeAll(freed);
      ended.addAll(cancel(connection, OrderLogSql.CANCEL_EXPIRED, others, now));
    }
    List<OrderState> states = states(connection, now);
    giveBack(connection, freed, DealTables.sorted(ended));
    return states;
  }

  private static List<Order> expire(Connection connection, List<Order> sorted, Instant now)
      throws SQLException {
    return hits(
        connection,
        OrderLogSql.EXPIRE,
        sorted,
        order -> new Object[] {order.dealId(), order.id(), order.buyerId(), order.quantity(), now});
  }

  private static List<Order> cancel(
      Connection connection, String sql, List<Order> sorted, Instant now) throws SQLException {
    return hits(
        connection,
        sql,
        sorted,
        order -> new Object[] {now, order.dealId(), order.id(), order.buyerId(), order.quantity()});
  }

  private static List<Order> hits(
      Connection connection,
      String sql,
      List<Order> sorted,
      Function<Order, @Nullable Object[]> values)
      throws SQLException {
    boolean[] hits = Jdbc.batchHits(connection, sql, sorted.stream().map(values).toList());
    List<Order> changed = new ArrayList<>();
    for (int i = 0; i < hits.length; i++) {
      if (hits[i]) {
        changed.add(sorted.get(i));
      }
    }
    return changed;
  }

  private List<OrderState> states(Connection connection, Instant now) throws SQLException {
    List<String> ids = orders.stream().map(Order::id).toList();
    Map<String, OrderRow> rows = tables.orders(connection, orders.get(0).dealId(), ids);
    List<OrderState> states = new ArrayList<>(orders.size());
    for (Order order : orders) {
      OrderRow row = rows.get(order.id());
      if (row != null && row.order().sameContentAs(order) && isToBeEnded(row, now)) {
        throw new SQLException("a row came between two statements of this batch", "40001");
      }
      states.add(row == null ? OrderState.ABSENT : row.state());
    }
    return states;
  }

  private boolean isToBeEnded(OrderRow row, Instant now) {
    return as == OrderState.EXPIRED
        ? row.record().isOverdueAt(now)
        : row.state() == OrderState.HELD || row.state() == OrderState.EXPIRED;
  }

  private void giveBack(Connection connection, List<Order> freed, List<Order> ended)
      throws SQLException {
    if (!ended.isEmpty()) {
      Optional<DealRow> deal = tables.deal(connection, ended.get(0).dealId());
      tables.giveBack(
          connection,
          deal.orElseThrow(
              () -> new SQLException("the deal was deleted under this batch", "40001")),
          freed,
          EventRow.of(as == OrderState.EXPIRED ? Kind.EXPIRED : Kind.CANCELLED, ended));
    }
  }
}
