package io.hotdeal.oracle;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source that counts connections, commits and statements, and injects their failures. */
final class Watched {

  /** Takes the place of a connection's commit. */
  @FunctionalInterface
  interface Commit {
    void on(Connection real) throws SQLException;
  }

  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger commits = new AtomicInteger();
  final AtomicInteger statements = new AtomicInteger();
  volatile boolean down;
  final AtomicInteger statementsToFail = new AtomicInteger();
  volatile String stateToFailWith = "40P01";
  volatile Runnable afterCommit = () -> {};
  private final DataSource real;
  private final Commit commit;

  Watched(DataSource real, Commit commit) {
    this.real = real;
    this.commit = commit;
  }

  DataSource dataSource() {
    return proxy(
        DataSource.class,
        (proxy, method, args) -> {
          if (method.getName().equals("getConnection")) {
            connections.incrementAndGet();
            if (down) {
              throw new SQLException("down", "08001");
            }
            return watched((Connection) call(real, method, args));
          }
          return call(real, method, args);
        });
  }

  private Connection watched(Connection connection) {
    return proxy(
        Connection.class,
        (proxy, method, args) -> {
          if (method.getName().equals("commit")) {
            commits.incrementAndGet();
            try {
              commit.on(connection);
            } finally {
              afterCommit.run();
            }
            return null;
          }
          if (method.getName().equals("prepareStatement")) {
            statements.incrementAndGet();
            if (statementsToFail.getAndDecrement() > 0) {
              throw new SQLException("broken", stateToFailWith);
            }
          }
          return call(connection, method, args);
        });
  }

  private static Object call(Object target, java.lang.reflect.Method method, Object[] args)
      throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
