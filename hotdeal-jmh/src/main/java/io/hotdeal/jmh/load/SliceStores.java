package io.hotdeal.jmh.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.hotdeal.jmh.strategy.Stores;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What one slice sees of the run's stores: its distance to them, and pools of its own. */
public final class SliceStores implements Stores, AutoCloseable {

  /** A long queue is what some strategies are about. */
  private static final Duration TO_GET_A_CONNECTION = Duration.ofSeconds(60);

  private final RunStores run;
  private final Shape shape;
  private final List<HikariDataSource> pools = new ArrayList<>();

  SliceStores(RunStores run, Shape shape) {
    this.run = run;
    this.shape = shape;
  }

  @Override
  public DataSource pool(int connections) {
    HikariConfig config = run.database(shape.roundTripMillis()).config();
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(TO_GET_A_CONNECTION.toMillis());
    HikariDataSource pool = new HikariDataSource(config);
    pools.add(pool);
    return new CountedDataSource(pool::getConnection, run.connections());
  }

  @Override
  public DataSource unpooled() {
    return new CountedDataSource(run.database(shape.roundTripMillis())::connect, run.connections());
  }

  @Override
  public URI redis() {
    return run.redis(shape.roundTripMillis());
  }

  @Override
  public int callers() {
    return shape.callers();
  }

  @Override
  public void close() {
    pools.forEach(HikariDataSource::close);
  }
}
