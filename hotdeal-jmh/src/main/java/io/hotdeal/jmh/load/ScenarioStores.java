package io.hotdeal.jmh.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.jmh.strategy.Stores;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/** The stores of a run as one scenario sees them: with its delay, and with its own pools. */
public final class ScenarioStores implements Stores, AutoCloseable {

  /** Long, because some strategies queue for a connection. */
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(60);

  private final RunStores run;
  private final LoadProfile profile;
  private final List<HikariDataSource> pools = new ArrayList<>();

  ScenarioStores(RunStores run, LoadProfile profile) {
    this.run = run;
    this.profile = profile;
  }

  @Override
  public DataSource pool(int connections) {
    HikariConfig config = run.database(profile.roundTripMillis()).config();
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    HikariDataSource pool =
        new HikariDataSource(config) {
          @Override
          public Connection getConnection() throws SQLException {
            run.connections().increment();
            return super.getConnection();
          }
        };
    pools.add(pool);
    return run.counted(pool);
  }

  @Override
  public DataSource unpooled() {
    return ProxyDataSourceBuilder.create(run.database(profile.roundTripMillis()).dataSource())
        .beforeMethod(this::countConnection)
        .build();
  }

  private void countConnection(MethodExecutionContext call) {
    run.connections().add(call.getMethod().getName().equals("getConnection") ? 1 : 0);
  }

  @Override
  public URI redis() {
    return run.redis(profile.roundTripMillis());
  }

  @Override
  public int callers() {
    return profile.callers();
  }

  @Override
  public void close() {
    pools.forEach(HikariDataSource::close);
  }
}
