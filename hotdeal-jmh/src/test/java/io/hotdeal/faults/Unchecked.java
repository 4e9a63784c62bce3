package io.hotdeal.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/** An order log without its quantity check, which therefore oversells. */
final class Unchecked {

  private static final String CONDITION = "AND QUANTITY >= ?";
  private static final String NO_CONDITION = "AND (QUANTITY >= ? OR 1 = 1)";

  private Unchecked() {}

  /** The same data source; the one condition that prevents overselling always holds. */
  static DataSource over(DataSource whole) {
    return ProxyDataSourceBuilder.create(whole)
        .queryTransformer(statement -> statement.getQuery().replace(CONDITION, NO_CONDITION))
        .build();
  }

  /** Drops the check of the table itself. */
  static void dropConstraint(DataSource whole) throws SQLException {
    try (Connection connection = whole.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE HOTDEAL_LIST DROP CONSTRAINT HOTDEAL_LIST_LEFT");
    }
  }
}
