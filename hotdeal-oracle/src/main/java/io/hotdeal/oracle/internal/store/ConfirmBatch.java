package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.Sale;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.TransactionBody;
import io.hotdeal.spi.OrderState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A transaction that confirms a batch of orders: RESERVED rows become PAID. */
final class ConfirmBatch implements TransactionBody<List<OrderState>> {

  private final DealTables tables;
  private final List<Order> orders;

  /**
   * @param orders at least one, all of one deal
   */
  ConfirmBatch(DealTables tables, List<Order> orders) {
    this.tables = tables;
    this.orders = orders;
  }

  @Override
  public List<OrderState> run(Connection connection) throws SQLException {
    Map<String, OrderState> states = pay(connection);
    List<String> others =
        orders.stream().map(Order::id).filter(id -> !states.containsKey(id)).distinct().toList();
    tables
        .orders(connection, orders.get(0).dealId(), others)
        .forEach((id, row) -> states.put(id, row.state()));
    return orders.stream().map(it -> states.getOrDefault(it.id(), OrderState.ABSENT)).toList();
  }

  /** The deal's row comes last, and only if it has an outbox. */
  private void countSales(Connection connection, List<Sale> sales) throws SQLException {
    String dealId = orders.get(0).dealId();
    if (!sales.isEmpty() && tables.hasEvents(connection, dealId)) {
      tables.countEvents(connection, dealId, EventRow.sold(sales));
    }
  }

  /** The orders that this transaction changed from RESERVED to PAID, by id. */
  private Map<String, OrderState> pay(Connection connection) throws SQLException {
    Instant now = tables.now();
    List<Order> sorted = DealTables.sorted(orders);
    List<@Nullable Object[]> rows = new ArrayList<>(sorted.size());
    for (Order order : sorted) {
      rows.add(new Object[] {now, order.dealId(), order.id(), order.buyerId(), order.quantity()});
    }
    boolean[] paid = Jdbc.batchHits(connection, OrderLogSql.CONFIRM, rows);
    Map<String, OrderState> states = new HashMap<>();
    List<Sale> sales = new ArrayList<>();
    for (int i = 0; i < paid.length; i++) {
      if (paid[i]) {
        states.put(sorted.get(i).id(), OrderState.PAID);
        sales.add(new Sale(sorted.get(i).asPossibleRetry(), null, now));
      }
    }
    tables.sold(connection, () -> sales);
    countSales(connection, sales);
    return states;
  }
}
