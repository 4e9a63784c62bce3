package io.hotdeal.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/** Removes the quantity check of an order log, which therefore oversells. */
final class Unchecked {

  private static final String CONDITION = "AND QUANTITY >= ?";
  private static final String NO_CONDITION = "AND (QUANTITY >= ? OR 1 = 1)";

  private Unchecked() {}

  /** The same data source; the one condition that prevents overselling always holds. */
  static DataSource over(DataSource checked) {
    return ProxyDataSourceBuilder.create(checked)
        .queryTransformer(statement -> statement.getQuery().replace(CONDITION, NO_CONDITION))
        .build();
  }

  /** Drops the check of the table itself. */
  static void dropConstraint(DataSource checked) throws SQLException {
    try (Connection connection = checked.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE HOTDEAL_LIST DROP CONSTRAINT HOTDEAL_LIST_LEFT");
    }
  }
}
