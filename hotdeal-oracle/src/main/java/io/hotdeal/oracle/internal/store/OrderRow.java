package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of an order or of a claim.
 *
 * @param status the name of an order's state; HELD, SETTLED or NOTED for a claim
 * @param until the deadline of an order that is or was held, or of a claim that has one of its own
 * @param paymentId always null for a claim
 */
record OrderRow(
    Order order,
    String status,
    Instant recordedAt,
    @Nullable Instant until,
    @Nullable String paymentId) {

  static OrderRow read(ResultSet row) throws SQLException {
    return new OrderRow(
        readOrder(row),
        row.getString("STATUS"),
        Jdbc.instant(row, "ORDER_DATE"),
        Jdbc.instantOrNull(row, "EXPIRES"),
        row.getString("PAYMENT_ID"));
  }

  static Order readOrder(ResultSet row) throws SQLException {
    return Order.of(
        row.getString("ORDER_ID"),
        row.getString("PROD_ID"),
        row.getString("USER_ID"),
        row.getLong("QUANTITY"));
  }

  /** The state of an order; not for a claim. */
  OrderState state() {
    return OrderState.valueOf(status);
  }

  /** The record of an order; not for a claim. */
  OrderRecord record() {
    return new OrderRecord(order, state(), recordedAt, until, paymentId);
  }
}
