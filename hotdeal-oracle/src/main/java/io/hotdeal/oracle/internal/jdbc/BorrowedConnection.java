package io.hotdeal.oracle.internal.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection within an open transaction, for code that must not end the transaction: commit,
 * rollback to its start, close and the settings of the transaction are refused.
 */
public final class BorrowedConnection implements InvocationHandler {

  private static final Set<String> REFUSED =
      Set.of(
          "commit",
          "close",
          "abort",
          "setAutoCommit",
          "setTransactionIsolation",
          "setReadOnly",
          "beginRequest",
          "endRequest");

  private final Connection connection;

  private BorrowedConnection(Connection connection) {
    this.connection = connection;
  }

  /** A view of this connection that refuses to end its transaction. */
  public static Connection of(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            BorrowedConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new BorrowedConnection(connection));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (isRefused(method)) {
      throw new SQLException(
          method.getName() + " is refused here: hotdeal ends this transaction", "25000");
    }
    try {
      return method.invoke(connection, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Rolling back to a savepoint is allowed. */
  private static boolean isRefused(Method method) {
    return REFUSED.contains(method.getName())
        || (method.getName().equals("rollback") && method.getParameterCount() == 0);
  }
}
