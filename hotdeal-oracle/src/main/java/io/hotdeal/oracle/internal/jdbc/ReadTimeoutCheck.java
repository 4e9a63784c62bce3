package io.hotdeal.oracle.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/** A check that the driver has a read time-out, for drivers that report it. */
public final class ReadTimeoutCheck {

  private ReadTimeoutCheck() {}

  /** Warns if there is none. Never throws; queries the driver, not the database. */
  public static void check(String store, Connection connection, Consumer<String> warn) {
    if (isMissing(connection)) {
      warn.accept(
          "the "
              + store
              + "'s connections have no read time-out (network time-out 0 ms): a database that"
              + " hangs holds its callers for ever. Set socketTimeout (PostgreSQL) or"
              + " oracle.jdbc.ReadTimeout (Oracle), as OraclePools does");
    }
  }

  private static boolean isMissing(Connection connection) {
    try {
      String product = connection.getMetaData().getDatabaseProductName();
      boolean tells = !product.equals("H2"); // always reports 0
      return tells && connection.getNetworkTimeout() == 0;
    } catch (SQLException | RuntimeException | AbstractMethodError e) {
      return false; // not reported by this driver
    }
  }
}
