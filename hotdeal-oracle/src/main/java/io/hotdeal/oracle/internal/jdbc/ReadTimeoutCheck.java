package io.hotdeal.oracle.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Checks that the driver has a read time-out, where drivers tell. */
public final class ReadTimeoutCheck {

  private ReadTimeoutCheck() {}

  /** Warns where there is none; never throws, and asks the driver only, not the database. */
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
      boolean tells = !product.equals("H2"); // answers 0 always
      return tells && connection.getNetworkTimeout() == 0;
    } catch (SQLException | RuntimeException | AbstractMethodError e) {
      return false; // a driver that cannot tell
    }
  }
}
