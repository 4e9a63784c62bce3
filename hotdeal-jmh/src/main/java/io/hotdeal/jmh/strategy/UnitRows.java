package io.hotdeal.jmh.strategy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The units of a deal that are rows, and are deleted when they are sold. */
final class UnitRows {

  private static final int MOST = 1_000;

  /** The ARRAY makes PostgreSQL run the inner SELECT once, whatever the plan. */
  private static final String TAKE =
      """
      DELETE FROM BENCHMARK_UNIT
      WHERE PROD_ID = ? AND UNIT_ID = ANY(ARRAY(
        SELECT UNIT_ID
        FROM BENCHMARK_UNIT
        WHERE PROD_ID = ?
        ORDER BY UNIT_ID
        LIMIT ? FOR UPDATE SKIP LOCKED))
      """;

  private static final String NOT_ROWS =
      """
      SELECT QUANTITY
      FROM HOTDEAL_LIST
      WHERE PROD_ID = ?
      """;

  private static final String NOT_ROWS_LOCKED = NOT_ROWS.strip() + " FOR UPDATE";

  private static final String COUNT =
      """
      SELECT COUNT(*)
      FROM BENCHMARK_UNIT
      WHERE PROD_ID = ?
      """;

  /** Numbered from 1 on: TOTAL - QUANTITY units became rows before. */
  private static final String MAKE =
      """
      INSERT INTO BENCHMARK_UNIT (PROD_ID, UNIT_ID)
      SELECT PROD_ID, TOTAL - QUANTITY + N
      FROM HOTDEAL_LIST, GENERATE_SERIES(1, ?) N
      WHERE PROD_ID = ?
      """;

  private UnitRows() {}

  /** Whether so many rows were found that nobody has locked; if so, they are deleted. */
  static boolean take(Connection connection, String dealId, long units) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setString(1, dealId);
      statement.setString(2, dealId);
      statement.setLong(3, units);
      return statement.executeUpdate() == units;
    }
  }

  /**
   * Makes units into rows, in a transaction of its own.
   *
   * @return whether there are so many rows then, those that others have locked included
   */
  static boolean refill(Connection connection, String dealId, long units) throws SQLException {
    if (query(connection, NOT_ROWS, dealId) > 0) {
      long left = query(connection, NOT_ROWS_LOCKED, dealId);
      long room = Math.max(MOST, units) - query(connection, COUNT, dealId);
      make(connection, dealId, Math.max(0, Math.min(left, room)));
    }
    long rows = query(connection, COUNT, dealId);
    connection.commit();
    return rows >= units;
  }

  private static void make(Connection connection, String dealId, long units) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MAKE)) {
      statement.setLong(1, units);
      statement.setString(2, dealId);
      statement.executeUpdate();
    }
    JdbcStrategy.take(connection, dealId, units);
  }

  private static long query(Connection connection, String sql, String dealId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, dealId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }
}
