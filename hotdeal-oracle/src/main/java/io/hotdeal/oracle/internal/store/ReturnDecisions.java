package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.TransactionRunner;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
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
 * The returns of one call, each batch in one transaction if no id occurs twice and the database
 * refuses no row. For a row that it refuses to change, the result is the row that stands.
 *
 * <p>Not thread-safe: one object per call.
 */
final class ReturnDecisions {

  private final DealTables tables;
  private final TransactionRunner transactions;

  ReturnDecisions(DealTables tables, TransactionRunner transactions) {
    this.tables = tables;
    this.transactions = transactions;
  }

  /**
   * @param returns at least one, all of one deal
   */
  List<Optional<OrderSnapshot>> giveBack(List<OrderReturn> returns) {
    return EachIdOnce.run(
        returns,
        once ->
            BatchSplitter.run(
                once,
                some -> transactions.writeKeyed(new ReturnBatch(tables, some)),
                (sale, refused) -> standing(sale)));
  }

  private Optional<OrderSnapshot> standing(OrderReturn sale) {
    return Optional.ofNullable(
            transactions
                .read(connection -> HoldRow.byId(connection, sale.dealId(), List.of(sale.id())))
                .get(sale.id()))
        .map(row -> row.snapshot(row.state()));
  }

  /**
   * @param orders at least one, all of one deal
   */
  List<OrderState> finish(List<Order> orders) {
    return BatchSplitter.run(
        orders,
        some -> transactions.writeKeyed(connection -> finish(connection, some)),
        (order, refused) ->
            transactions.read(connection -> states(connection, List.of(order))).get(0));
  }

  private List<OrderState> finish(Connection connection, List<Order> orders) throws SQLException {
    Instant now = tables.now();
    List<@Nullable Object[]> values = new ArrayList<>(orders.size());
    for (Order order : DealTables.sorted(orders)) {
      values.add(new Object[] {now, order.dealId(), order.id(), order.buyerId(), order.quantity()});
    }
    Jdbc.batch(connection, OrderLogSql.FINISH_RETURN, values);
    return states(connection, orders);
  }

  private List<OrderState> states(Connection connection, List<Order> orders) throws SQLException {
    List<String> ids = orders.stream().map(Order::id).distinct().toList();
    Map<String, OrderRow> rows = tables.orders(connection, orders.get(0).dealId(), ids);
    return orders.stream()
        .map(order -> Optional.ofNullable(rows.get(order.id())))
        .map(row -> row.map(OrderRow::state).orElse(OrderState.ABSENT))
        .toList();
  }
}
