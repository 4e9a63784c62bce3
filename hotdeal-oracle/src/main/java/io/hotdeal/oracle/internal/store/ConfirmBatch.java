package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.Sale;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.TransactionBody;
import io.hotdeal.spi.CallsByDeal;
import io.hotdeal.spi.OrderState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A transaction that confirms a batch of orders: RESERVED rows become PAID. */
final class ConfirmBatch implements TransactionBody<List<OrderState>> {

  /** What identifies an order. */
  private record Key(String dealId, String id) {

    static Key of(Order order) {
      return new Key(order.dealId(), order.id());
    }
  }

  private final DealTables tables;
  private final List<Order> orders;
  private final Map<Key, OrderState> states = new HashMap<>();

  /**
   * @param orders at least one, all of one deal, or of deals without events
   */
  ConfirmBatch(DealTables tables, List<Order> orders) {
    this.tables = tables;
    this.orders = orders;
  }

  @Override
  public List<OrderState> run(Connection connection) throws SQLException {
    states.clear();
    Map<String, List<Sale>> sales = pay(connection);
    for (List<Sale> ofDeal : sales.values()) {
      tables.sold(connection, () -> ofDeal);
    }
    countSales(connection, sales);
    findOthers(connection);
    return orders.stream().map(it -> states.getOrDefault(Key.of(it), OrderState.ABSENT)).toList();
  }

  /** Changes RESERVED to PAID; returns what this transaction has sold, by deal id. */
  private Map<String, List<Sale>> pay(Connection connection) throws SQLException {
    Instant now = tables.now();
    List<Order> sorted = DealTables.sorted(orders);
    List<@Nullable Object[]> rows = new ArrayList<>(sorted.size());
    for (Order order : sorted) {
      rows.add(new Object[] {now, order.dealId(), order.id(), order.buyerId(), order.quantity()});
    }
    boolean[] paid = Jdbc.batchHits(connection, OrderLogSql.CONFIRM, rows);
    Map<String, List<Sale>> sales = new LinkedHashMap<>();
    for (int i = 0; i < paid.length; i++) {
      Order order = sorted.get(i);
      if (paid[i]) {
        states.put(Key.of(order), OrderState.PAID);
        sales
            .computeIfAbsent(order.dealId(), id -> new ArrayList<>())
            .add(new Sale(order.asPossibleRetry(), null, now));
      }
    }
    return sales;
  }

  /** The deal's row comes last, and only if it has an outbox: then there is no other deal. */
  private void countSales(Connection connection, Map<String, List<Sale>> sales)
      throws SQLException {
    for (Map.Entry<String, List<Sale>> ofDeal : sales.entrySet()) {
      if (tables.hasEvents(connection, ofDeal.getKey())) {
        tables.countEvents(connection, ofDeal.getKey(), EventRow.sold(ofDeal.getValue()));
      }
    }
  }

  private void findOthers(Connection connection) throws SQLException {
    List<Order> others =
        orders.stream().filter(order -> !states.containsKey(Key.of(order))).distinct().toList();
    for (Map.Entry<String, List<Order>> ofDeal : CallsByDeal.byDeal(others).entrySet()) {
      String dealId = ofDeal.getKey();
      List<String> ids = ofDeal.getValue().stream().map(Order::id).distinct().toList();
      tables
          .orders(connection, dealId, ids)
          .forEach((id, row) -> states.put(new Key(dealId, id), row.state()));
    }
  }
}
