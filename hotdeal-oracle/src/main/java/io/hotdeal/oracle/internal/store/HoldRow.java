package io.hotdeal.oracle.internal.store;

import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of an order, which may be a hold, with what its deal has left and allows.
 *
 * @param left the units left of the deal
 */
record HoldRow(OrderRow order, long left, Duration longestHold) {

  private static HoldRow read(ResultSet row) throws SQLException {
    return new HoldRow(
        OrderRow.read(row),
        row.getLong("UNITS_LEFT"),
        Duration.ofMillis(row.getLong("LONGEST_MS")));
  }

  /** The existing rows, by order id. */
  static Map<String, HoldRow> byId(Connection connection, String dealId, List<String> ids)
      throws SQLException {
    Map<String, HoldRow> found = new HashMap<>();
    IdLists.query(connection, OrderLogSql.HOLDS, HoldRow::read, dealId, ids)
        .forEach(row -> found.put(row.id(), row));
    return found;
  }

  String id() {
    return order.order().id();
  }

  OrderState state() {
    return order.state();
  }

  /** Whether it was written as a hold, whatever became of it. */
  boolean wasHeld() {
    return order.until() != null;
  }

  /** Whether a payment would decide it. */
  boolean isUndecidedHold() {
    return wasHeld() && (state() == OrderState.HELD || state() == OrderState.EXPIRED);
  }

  /** The latest deadline that an extension can set. */
  Instant latest() {
    return order.recordedAt().plus(longestHold);
  }

  OrderSnapshot snapshot(OrderState before) {
    return new OrderSnapshot(order.record(), before, left);
  }
}
