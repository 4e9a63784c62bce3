package io.hotdeal.faults;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The red log: the one condition that keeps it from overselling is cut out of its statement. */
final class Unchecked {

  private static final String CONDITION = "AND QUANTITY >= ?";
  private static final String NO_CONDITION = "AND (QUANTITY >= ? OR 1 = 1)";

  private Unchecked() {}

  static DataSource over(DataSource whole) {
    return wrap(
        DataSource.class,
        whole,
        result -> result instanceof Connection it ? over(it) : result,
        false);
  }

  /** The table would notice by itself. */
  static void dropConstraint(DataSource whole) throws SQLException {
    try (Connection connection = whole.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE HOTDEAL_LIST DROP CONSTRAINT HOTDEAL_LIST_LEFT");
    }
  }

  private static Connection over(Connection whole) {
    return wrap(Connection.class, whole, result -> result, true);
  }

  private interface Result {
    Object of(Object result);
  }

  private static <T> T wrap(Class<T> type, T whole, Result result, boolean rewrite) {
    InvocationHandler handler =
        (proxy, method, args) -> {
          try {
            if (rewrite && args != null && args[0] instanceof String sql) {
              args[0] = sql.replace(CONDITION, NO_CONDITION);
            }
            return result.of(method.invoke(whole, args));
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
