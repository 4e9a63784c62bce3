package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * The conditional update on one of several rows that share the deal's units, picked at random; the
 * others are tried in turn when it has too few.
 *
 * <p>Three round trips as long as there is stock, and one more for every row that is found empty.
 * Units that lie in different rows are never sold to one order.
 */
final class Striped extends JdbcStrategy {

  private final int stripes;

  Striped(DataSource dataSource, int stripes) {
    super(dataSource);
    this.stripes = stripes;
  }

  @Override
  void open(Connection connection, Deal deal) throws SQLException {
    for (int i = 0; i < stripes; i++) {
      long units = deal.quantity() / stripes + (i < deal.quantity() % stripes ? 1 : 0);
      insertStock(connection, stripe(deal.id(), i), units, deal);
    }
  }

  @Override
  boolean sell(Connection connection, Order order) throws SQLException {
    insertOrder(connection, order);
    int first = ThreadLocalRandom.current().nextInt(stripes);
    for (int i = 0; i < stripes; i++) {
      if (take(connection, stripe(order.dealId(), (first + i) % stripes), order.quantity())) {
        return true;
      }
    }
    return false;
  }

  private static String stripe(String dealId, int index) {
    return dealId + "." + index;
  }
}
