package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.OrderQuery;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.TransactionRunner;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a search for orders, by one of three constant statements: by buyer, by deal, or by
 * both.
 */
final class OrderSearch {

  private static final String OF_BUYER = sql("USER_ID = ?");
  private static final String OF_DEAL = sql("PROD_ID = ?");
  private static final String OF_BOTH = sql("USER_ID = ? AND PROD_ID = ?");

  private final OrderQuery query;

  OrderSearch(OrderQuery query) {
    this.query = query;
  }

  /**
   * The page continues after a key of three columns; the first one is bounded too, for the index.
   */
  private static String sql(String whose) {
    return """
        SELECT PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE, EXPIRES, PAYMENT_ID
        FROM ORDER_HISTORY
        WHERE %s AND ORDER_DATE >= ? AND ORDER_DATE < ? AND STATUS IN (?%s)
          AND ORDER_DATE <= ?
          AND (ORDER_DATE < ? OR PROD_ID < ? OR (PROD_ID = ? AND ORDER_ID < ?))
        ORDER BY ORDER_DATE DESC, PROD_ID DESC, ORDER_ID DESC
        FETCH FIRST ? ROWS ONLY
        """
        .formatted(whose, ", ?".repeat(OrderState.values().length - 2));
  }

  List<OrderRecord> run(TransactionRunner transactions) {
    return transactions.read(this::rows).stream().map(OrderRow::record).toList();
  }

  private List<OrderRow> rows(Connection connection) throws SQLException {
    return Jdbc.query(connection, onThis(connection), OrderRow::read, parameters());
  }

  /** On Oracle ids are compared and sorted by their bytes, whatever the session's language. */
  private String onThis(Connection connection) throws SQLException {
    String text = query.buyerId() == null ? OF_DEAL : query.dealId() == null ? OF_BUYER : OF_BOTH;
    return connection.getMetaData().getDatabaseProductName().equals("Oracle")
        ? text.replace("_ID <", "_ID COLLATE BINARY <")
            .replace("_ID DESC", "_ID COLLATE BINARY DESC")
        : text;
  }

  private @Nullable Object[] parameters() {
    List<@Nullable Object> values = new ArrayList<>();
    if (query.buyerId() != null) {
      values.add(query.buyerId());
    }
    if (query.dealId() != null) {
      values.add(query.dealId());
    }
    values.add(query.from());
    values.add(query.until());
    values.addAll(states());
    addKey(values);
    values.add((long) query.limit());
    return values.toArray();
  }

  /** The states, the last one repeated to fill the list. */
  private List<String> states() {
    List<String> names = new ArrayList<>(query.states().stream().map(OrderState::name).toList());
    while (names.size() < OrderState.values().length - 1) {
      names.add(names.get(names.size() - 1));
    }
    return names;
  }

  /** The key to continue after; for the first page the end of the time, which no row reaches. */
  private void addKey(List<@Nullable Object> values) {
    OrderRecord after = query.after();
    if (after == null) {
      values.addAll(Arrays.asList(query.until(), query.until(), "-", "-", "-"));
      return;
    }
    Order last = after.order();
    values.addAll(
        Arrays.asList(
            after.recordedAt(), after.recordedAt(), last.dealId(), last.dealId(), last.id()));
  }
}
