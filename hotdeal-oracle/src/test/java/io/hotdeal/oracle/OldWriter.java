package io.hotdeal.oracle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** The statements of version 1 on the tables, as a process of that version executes them. */
final class OldWriter {

  private static final LocalDateTime LONG_AGO = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final LocalDateTime NEVER = LocalDateTime.of(9999, 12, 31, 23, 59, 59);

  private final DataSource dataSource;

  OldWriter(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Opens the deal in the log and in the counter, with a hold of a minute. */
  void open(String dealId, long quantity) throws SQLException {
    for (String table : new String[] {"HOTDEAL_LIST", "HOTDEAL_COUNTER"}) {
      inTransaction(
          connection ->
              update(
                  connection,
                  "INSERT INTO "
                      + table
                      + " (PROD_ID, QUANTITY, TOTAL, BUYER_LIMIT, OPENS, CLOSES, HOLD_MS, STATE)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?, 'OPEN')",
                  dealId,
                  quantity,
                  quantity,
                  0L,
                  LONG_AGO,
                  NEVER,
                  60_000L));
    }
  }

  /** Claims one unit, reserves it, confirms the order and settles the claim. */
  void sell(String dealId, String orderId) throws SQLException {
    inTransaction(connection -> take(connection, "CLAIM", "COUNTER", "HELD", dealId, orderId));
    reserve(dealId, orderId);
    inTransaction(
        connection -> decide(connection, "ORDER_HISTORY", "RESERVED", "PAID", dealId, orderId));
    inTransaction(
        connection -> decide(connection, "HOTDEAL_CLAIM", "HELD", "SETTLED", dealId, orderId));
  }

  /** Reserves one unit. */
  void reserve(String dealId, String orderId) throws SQLException {
    inTransaction(connection -> take(connection, "", "LIST", "RESERVED", dealId, orderId));
  }

  private static void take(
      Connection connection, String claim, String deals, String as, String dealId, String orderId)
      throws SQLException {
    update(
        connection,
        "INSERT INTO "
            + (claim.isEmpty() ? "ORDER_HISTORY" : "HOTDEAL_CLAIM")
            + " (PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE, DECIDED)"
            + " VALUES (?, ?, ?, ?, ?, ?, NULL)",
        dealId,
        orderId,
        "old-buyer",
        1L,
        as,
        LocalDateTime.now(ZoneOffset.UTC));
    update(
        connection,
        "UPDATE HOTDEAL_"
            + deals
            + " SET QUANTITY = QUANTITY - ? WHERE PROD_ID = ? AND STATE = 'OPEN' AND QUANTITY >= ?",
        1L,
        dealId,
        1L);
  }

  private static void decide(
      Connection connection, String table, String from, String to, String dealId, String orderId)
      throws SQLException {
    update(
        connection,
        "UPDATE "
            + table
            + " SET STATUS = ?, DECIDED = ?"
            + " WHERE PROD_ID = ? AND ORDER_ID = ? AND STATUS = ?",
        to,
        LocalDateTime.now(ZoneOffset.UTC),
        dealId,
        orderId,
        from);
  }

  @FunctionalInterface
  private interface Work {
    void on(Connection connection) throws SQLException;
  }

  private void inTransaction(Work work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        work.on(connection);
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      if (statement.executeUpdate() != 1) {
        throw new SQLException("nothing changed by " + sql);
      }
    }
  }
}
