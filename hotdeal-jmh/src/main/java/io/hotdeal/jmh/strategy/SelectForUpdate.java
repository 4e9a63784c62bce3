package io.hotdeal.jmh.strategy;

import io.hotdeal.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Locks the deal's row, checks, updates, inserts and commits: the flow of the legacy shop, without
 * its payment.
 *
 * <p>Four round trips and the commit; the row is locked from the first to the last.
 */
final class SelectForUpdate extends JdbcStrategy {

  private static final String LOCK =
      """
      SELECT QUANTITY
      FROM HOTDEAL_LIST
      WHERE PROD_ID = ? FOR UPDATE
      """;

  SelectForUpdate(DataSource dataSource) {
    super(dataSource);
  }

  @Override
  boolean sell(Connection connection, Order order) throws SQLException {
    if (lock(connection, order.dealId()) < order.quantity()) {
      return false;
    }
    take(connection, order.dealId(), order.quantity());
    insertOrder(connection, order);
    return true;
  }

  private static long lock(Connection connection, String dealId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, dealId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }
}
