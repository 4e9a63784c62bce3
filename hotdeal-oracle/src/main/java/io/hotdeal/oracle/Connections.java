package io.hotdeal.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Where a store's connections come from, and what is seen of its database by the way. */
final class Connections {

  private final String store;
  private final DataSource dataSource;
  private final LogClock clock;
  private final Consumer<String> warn;
  private final AtomicBoolean seen = new AtomicBoolean();

  /**
   * @param store what it is, for messages
   */
  Connections(String store, DataSource dataSource, LogClock clock, Consumer<String> warn) {
    this.store = store;
    this.dataSource = dataSource;
    this.clock = clock;
    this.warn = warn;
  }

  Lease lease() throws SQLException {
    return Lease.of(dataSource);
  }

  /** At the start of a transaction. */
  void look(Connection connection) throws SQLException {
    if (!seen.getPlain() && seen.compareAndSet(false, true)) {
      ReadTimeout.check(store, connection, warn);
    }
    clock.look(connection);
  }
}
