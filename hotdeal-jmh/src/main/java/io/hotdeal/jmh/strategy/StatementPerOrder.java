package io.hotdeal.jmh.strategy;

import io.hotdeal.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The conditional update and the insert as one statement, of PostgreSQL only.
 *
 * <p>One round trip, which commits too: the row is locked for no longer than the server takes.
 */
final class StatementPerOrder extends JdbcStrategy {

  private static final String TAKE_AND_INSERT =
      """
      WITH TAKEN AS (
        UPDATE HOTDEAL_LIST SET QUANTITY = QUANTITY - ?
        WHERE PROD_ID = ? AND QUANTITY >= ?
        RETURNING PROD_ID)
      INSERT INTO ORDER_HISTORY (PROD_ID, ORDER_ID, USER_ID, QUANTITY, STATUS, ORDER_DATE, DECIDED)
      SELECT ?, ?, ?, ?, 'PAID', ?, ?
      FROM TAKEN
      """;

  StatementPerOrder(DataSource dataSource) {
    super(dataSource);
  }

  @Override
  boolean sellAndEnd(Connection connection, Order order) throws SQLException {
    connection.setAutoCommit(true);
    return sell(connection, order);
  }

  @Override
  boolean sell(Connection connection, Order order) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE_AND_INSERT)) {
      statement.setLong(1, order.quantity());
      statement.setString(2, order.dealId());
      statement.setLong(3, order.quantity());
      bindOrder(statement, 4, order);
      return statement.executeUpdate() == 1;
    }
  }
}
