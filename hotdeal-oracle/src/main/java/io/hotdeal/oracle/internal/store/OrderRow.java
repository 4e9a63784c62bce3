package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A row of an order or of a claim.
 *
 * @param status the name of an order's state; HELD, SETTLED or NOTED for a claim
 */
record OrderRow(Order order, String status, Instant recordedAt) {

  static OrderRow read(ResultSet row) throws SQLException {
    Order order =
        Order.of(
            row.getString("ORDER_ID"),
            row.getString("PROD_ID"),
            row.getString("USER_ID"),
            row.getLong("QUANTITY"));
    return new OrderRow(order, row.getString("STATUS"), Jdbc.instant(row, "ORDER_DATE"));
  }
}
