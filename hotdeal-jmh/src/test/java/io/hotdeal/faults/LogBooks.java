package io.hotdeal.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The tables' content for a deal, read by plain SQL and not by the library.
 *
 * @param total units on sale
 * @param left units left
 * @param rows by order id
 */
record LogBooks(long total, long left, Map<String, Row> rows) {

  /** A row of ORDER_HISTORY. */
  record Row(String buyer, long units, String status) {

    boolean isPaid() {
      return status.equals("PAID");
    }

    boolean takesUnits() {
      return !status.equals("CANCELLED");
    }
  }

  static LogBooks read(DataSource database, String dealId) {
    try (Connection connection = database.getConnection()) {
      Map<String, Row> rows = new HashMap<>();
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT ORDER_ID, USER_ID, QUANTITY, STATUS FROM ORDER_HISTORY WHERE PROD_ID = ?")) {
        select.setString(1, dealId);
        ResultSet row = select.executeQuery();
        while (row.next()) {
          rows.put(row.getString(1), new Row(row.getString(2), row.getLong(3), row.getString(4)));
        }
      }
      try (PreparedStatement select =
          connection.prepareStatement(
              "SELECT TOTAL, QUANTITY FROM HOTDEAL_LIST WHERE PROD_ID = ?")) {
        select.setString(1, dealId);
        ResultSet row = select.executeQuery();
        if (!row.next()) {
          throw new IllegalStateException("the log lost deal " + dealId);
        }
        return new LogBooks(row.getLong(1), row.getLong(2), rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the log", e);
    }
  }

  /** Units that are reserved or paid. */
  long taken() {
    return rows.values().stream().filter(Row::takesUnits).mapToLong(Row::units).sum();
  }

  long withStatus(String status) {
    return rows.values().stream().filter(row -> row.status().equals(status)).count();
  }

  boolean isPaid(String id) {
    Row row = rows.get(id);
    return row != null && row.isPaid();
  }

  boolean isCancelled(String id) {
    Row row = rows.get(id);
    return row != null && !row.takesUnits();
  }

  /** Units above what each buyer may have. */
  long aboveLimit(long limit) {
    if (limit == 0) {
      return 0;
    }
    Map<String, Long> byBuyer = new HashMap<>();
    rows.values().stream()
        .filter(Row::takesUnits)
        .forEach(row -> byBuyer.merge(row.buyer(), row.units(), Long::sum));
    return byBuyer.values().stream().mapToLong(units -> Math.max(0, units - limit)).sum();
  }
}
