package io.hotdeal.jmh.strategy;

import io.hotdeal.Order;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Insert the order, then take its units by one conditional update, commit.
 *
 * <p>Three round trips, and in this sequence the row is locked for the last of them only: the
 * commit. That is as little as JDBC can do on every database.
 */
final class ConditionalUpdate extends JdbcStrategy {

  ConditionalUpdate(DataSource dataSource) {
    super(dataSource);
  }

  @Override
  boolean sell(Connection connection, Order order) throws SQLException {
    insertOrder(connection, order);
    return take(connection, order.dealId(), order.quantity());
  }
}
