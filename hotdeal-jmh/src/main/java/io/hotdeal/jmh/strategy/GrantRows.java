package io.hotdeal.jmh.strategy;

import io.hotdeal.Sale;
import io.hotdeal.oracle.SoldRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** A shop's own rows: one insert per sale, in the transaction that sells. */
final class GrantRows implements SoldRows {

  private static final String INSERT =
      "INSERT INTO BENCHMARK_GRANT (PROD_ID, ORDER_ID, PLAYER) VALUES (?, ?, ?)";

  @Override
  public void write(Connection connection, List<Sale> sold) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Sale sale : sold) {
        insert.setString(1, sale.order().dealId());
        insert.setString(2, sale.order().id());
        insert.setString(3, sale.order().buyerId());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
