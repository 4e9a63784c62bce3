package io.hotdeal.jmh.strategy;

import io.hotdeal.Order;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * One row per unit: insert the order, delete rows that no other buyer has locked, commit. Needs
 * PostgreSQL.
 *
 * <p>As Shopify describes it (shopify.engineering, "Scaling inventory reservations", 2026): at most
 * 1,000 units of an item are rows at a time, under a composite key. The others are a number; here
 * QUANTITY of the deal's row. A buyer who finds too few rows makes more of them, and so does one in
 * 250 others after the sale, so that few find too few.
 *
 * <p>Three round trips, as many as {@link ConditionalUpdate}; no buyer waits for another's commit.
 */
final class SkipLocked extends JdbcStrategy {

  private static final int SALES_PER_REFILL = 250;

  SkipLocked(DataSource dataSource) {
    super(dataSource);
    SideTables.createUnits(dataSource);
  }

  @Override
  boolean sellAndEnd(Connection connection, Order order) throws SQLException {
    boolean sold = super.sellAndEnd(connection, order);
    if (sold && ThreadLocalRandom.current().nextInt(SALES_PER_REFILL) == 0) {
      UnitRows.refill(connection, order.dealId(), 1);
    }
    return sold;
  }

  @Override
  boolean sell(Connection connection, Order order) throws SQLException {
    do {
      insertOrder(connection, order);
      if (UnitRows.take(connection, order.dealId(), order.quantity())) {
        return true;
      }
      connection.rollback();
    } while (UnitRows.refill(connection, order.dealId(), order.quantity()));
    return false;
  }
}
