package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Insert the order, commit. Nothing counts the stock: the most that orders one by one can reach.
 */
final class InsertOnly extends JdbcStrategy {

  InsertOnly(DataSource dataSource) {
    super(dataSource);
  }

  @Override
  void open(Connection connection, Deal deal) {}

  @Override
  boolean sell(Connection connection, Order order) throws SQLException {
    insertOrder(connection, order);
    return true;
  }
}
