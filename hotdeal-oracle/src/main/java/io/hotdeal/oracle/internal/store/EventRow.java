package io.hotdeal.oracle.internal.store;

import io.hotdeal.DealEvent;
import io.hotdeal.DealEvent.Kind;
import io.hotdeal.Order;
import io.hotdeal.Sale;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of a transaction, which gets its sequence when the deal's row is locked. */
record EventRow(Kind kind, @Nullable Order order, @Nullable String paymentId) {

  /** The events of these sales. */
  static List<EventRow> sold(List<Sale> sales) {
    return sales.stream()
        .map(sale -> new EventRow(Kind.SOLD, sale.order(), sale.paymentId()))
        .toList();
  }

  /** One event of each order, without a payment. */
  static List<EventRow> of(Kind kind, List<Order> orders) {
    return orders.stream().map(order -> new EventRow(kind, order, null)).toList();
  }

  /** The columns of {@link OutboxSql#INSERT}. */
  @Nullable Object[] columns(String dealId, long sequence, Instant at) {
    return new @Nullable Object[] {
      dealId,
      sequence,
      kind.name(),
      new Jdbc.Text(order == null ? null : order.id()),
      new Jdbc.Text(order == null ? null : order.buyerId()),
      new Jdbc.LongOrNull(order == null ? null : order.quantity()),
      new Jdbc.Text(paymentId),
      at
    };
  }

  static DealEvent read(ResultSet row) throws SQLException {
    return new DealEvent(
        row.getString("PROD_ID"),
        row.getLong("SEQ"),
        Kind.valueOf(row.getString("KIND")),
        row.getString("ORDER_ID") == null ? null : OrderRow.readOrder(row),
        row.getString("PAYMENT_ID"),
        Jdbc.instant(row, "EVENT_DATE"));
  }
}
