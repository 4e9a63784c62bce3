package io.hotdeal.oracle.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Opens the connections of one store, and checks each database once. */
public final class ConnectionSource {

  private final Warnings warnings;
  private final DataSource dataSource;
  private final StoreClock clock;
  private final Supplier<String> missingTableHelp;
  private final AtomicBoolean checked = new AtomicBoolean();

  /**
   * Where warnings go.
   *
   * @param store names the store in messages
   */
  public record Warnings(String store, Consumer<String> sink) {}

  /**
   * Creates a source.
   *
   * @param missingTableHelp what to do where a table is missing, for messages
   */
  public ConnectionSource(
      Warnings warnings,
      DataSource dataSource,
      StoreClock clock,
      Supplier<String> missingTableHelp) {
    this.warnings = warnings;
    this.dataSource = dataSource;
    this.clock = clock;
    this.missingTableHelp = missingTableHelp;
  }

  TransactionConnection open() throws SQLException {
    return TransactionConnection.of(dataSource);
  }

  /** Called at the start of each transaction. */
  void beginTransaction(Connection connection) throws SQLException {
    if (!checked.getPlain() && checked.compareAndSet(false, true)) {
      ReadTimeoutCheck.check(warnings.store, connection, warnings.sink);
    }
    clock.read(connection);
  }

  String missingTableHelp() {
    return missingTableHelp.get();
  }
}
