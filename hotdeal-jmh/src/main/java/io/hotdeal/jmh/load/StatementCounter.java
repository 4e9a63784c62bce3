package io.hotdeal.jmh.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/**
 * Counts the commits and the round trips of data sources. Thread-safe.
 *
 * <p>A round trip is the execution of a prepared statement, with however many rows, or the end of a
 * transaction. Other statements are refused, so that none is left uncounted.
 */
final class StatementCounter implements MethodExecutionListener {

  private static final Set<String> ENDS = Set.of("commit", "rollback", "isValid");
  private static final Set<String> UNCOUNTED = Set.of("createStatement", "prepareCall");

  private final LongAdder commits = new LongAdder();
  private final LongAdder roundTrips = new LongAdder();

  /** The same data source, counted. */
  DataSource count(DataSource real) {
    return ProxyDataSourceBuilder.create(real).methodListener(this).build();
  }

  long commits() {
    return commits.sum();
  }

  long roundTrips() {
    return roundTrips.sum();
  }

  @Override
  public void beforeMethod(MethodExecutionContext call) {
    String name = call.getMethod().getName();
    if (call.getTarget() instanceof Connection) {
      if (UNCOUNTED.contains(name)) {
        throw new UnsupportedOperationException(name + " is not counted");
      }
      roundTrips.add(ENDS.contains(name) ? 1 : 0);
      commits.add(name.equals("commit") ? 1 : 0);
    } else if (call.getTarget() instanceof PreparedStatement && name.startsWith("execute")) {
      roundTrips.increment();
    }
  }

  @Override
  public void afterMethod(MethodExecutionContext call) {}
}
