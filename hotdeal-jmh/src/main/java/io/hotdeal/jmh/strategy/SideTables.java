package io.hotdeal.jmh.strategy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** What some strategies add to hotdeal's tables: a table of the shop, or the optional indexes. */
final class SideTables {

  private static final List<String> GRANTS =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS BENCHMARK_GRANT (
            PROD_ID VARCHAR(64) NOT NULL, ORDER_ID VARCHAR(64) NOT NULL, PLAYER VARCHAR(64) NOT NULL,
            PRIMARY KEY (PROD_ID, ORDER_ID))
          """);

  private static final List<String> UNITS =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS BENCHMARK_UNIT (
            PROD_ID VARCHAR(64) NOT NULL, UNIT_ID BIGINT NOT NULL,
            PRIMARY KEY (PROD_ID, UNIT_ID))
          """);

  /** As the schema has them, commented out. */
  private static final List<String> INDEXES =
      List.of(
          "CREATE INDEX IF NOT EXISTS ORDER_HISTORY_BUYER"
              + " ON ORDER_HISTORY (USER_ID, ORDER_DATE, PROD_ID, ORDER_ID)",
          "CREATE INDEX IF NOT EXISTS ORDER_HISTORY_TIME"
              + " ON ORDER_HISTORY (PROD_ID, ORDER_DATE, ORDER_ID)");

  private SideTables() {}

  /** Creates the table of {@link GrantRows}. */
  static void createGrants(DataSource dataSource) {
    run(dataSource, GRANTS);
  }

  /** Creates the table of {@link UnitRows}. */
  static void createUnits(DataSource dataSource) {
    run(dataSource, UNITS);
  }

  /** Creates the indexes for searches; every strategy of the run then writes them. */
  static void createIndexes(DataSource dataSource) {
    run(dataSource, INDEXES);
  }

  private static void run(DataSource dataSource, List<String> statements) {
    try (Connection connection = dataSource.getConnection()) {
      for (String sql : statements) {
        run(connection, sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a table or an index cannot be created", e);
    }
  }

  /** Prepared, because a run that counts statements refuses others. */
  private static void run(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }
}
