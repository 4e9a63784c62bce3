package io.hotdeal.jmh.strategy;

import io.hotdeal.Sale;
import io.hotdeal.oracle.SoldRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** A shop's own rows: one insert per sale, in the transaction that sells. */
final class GrantRows implements SoldRows {

  private static final String INSERT =
      "INSERT INTO BENCHMARK_GRANT (PROD_ID, ORDER_ID, PLAYER) VALUES (?, ?, ?)";

  /** Creates their table unless it exists. */
  static GrantRows in(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE IF NOT EXISTS BENCHMARK_GRANT (
            PROD_ID VARCHAR(64) NOT NULL, ORDER_ID VARCHAR(64) NOT NULL, PLAYER VARCHAR(64) NOT NULL,
            PRIMARY KEY (PROD_ID, ORDER_ID))
          """);
      return new GrantRows();
    } catch (SQLException e) {
      throw new IllegalStateException("the table of the grants cannot be created", e);
    }
  }

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
