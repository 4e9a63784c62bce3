package io.hotdeal.jmh.cost;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/**
 * A data source, and how often it makes its user wait for the database.
 *
 * <p>A round trip is an execution, of however many rows, or the end of a transaction. Statements
 * have to be prepared, so that none goes uncounted.
 */
final class CountedJdbc {

  private static final Set<String> ENDS = Set.of("commit", "rollback", "isValid");
  private static final Set<String> UNCOUNTED = Set.of("createStatement", "prepareCall");

  private final DataSource real;
  private volatile Runnable beforeTrip = () -> {};
  private final LongAdder roundTrips = new LongAdder();
  private final LongAdder commits = new LongAdder();

  CountedJdbc(DataSource real) {
    this.real = real;
  }

  /** What runs before each round trip from now on, in its thread. */
  void beforeTrip(Runnable wait) {
    beforeTrip = wait;
  }

  DataSource dataSource() {
    return proxy(
        DataSource.class,
        (proxy, method, args) -> {
          Object answer = call(real, method, args);
          return answer instanceof Connection connection ? counted(connection) : answer;
        });
  }

  private Connection counted(Connection real) {
    return proxy(
        Connection.class,
        (proxy, method, args) -> {
          if (UNCOUNTED.contains(method.getName())) {
            throw new UnsupportedOperationException(method + " is not counted");
          }
          if (ENDS.contains(method.getName())) {
            count();
          }
          if (method.getName().equals("commit")) {
            commits.increment();
          }
          Object answer = call(real, method, args);
          return answer instanceof PreparedStatement statement ? counted(statement) : answer;
        });
  }

  private PreparedStatement counted(PreparedStatement real) {
    return proxy(
        PreparedStatement.class,
        (proxy, method, args) -> {
          if (method.getName().startsWith("execute")) {
            count();
          }
          return call(real, method, args);
        });
  }

  private void count() {
    beforeTrip.run();
    roundTrips.increment();
  }

  long roundTrips() {
    return roundTrips.sum();
  }

  long commits() {
    return commits.sum();
  }

  private static Object call(Object target, Method method, Object[] args) throws Throwable {
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
