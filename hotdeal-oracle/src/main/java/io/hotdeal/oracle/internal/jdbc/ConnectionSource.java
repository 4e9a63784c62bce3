package io.hotdeal.oracle.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The connections of one store. The first transaction checks once that the driver has a read
 * time-out. Thread-safe.
 */
public final class ConnectionSource {

  private final Warnings warnings;
  private final DataSource dataSource;
  private final StoreClock clock;
  private final Supplier<String> missingTableHelp;
  private final AtomicBoolean checked = new AtomicBoolean();

  /**
   * The receiver of warnings.
   *
   * @param store the store's name in messages
   */
  public record Warnings(String store, Consumer<String> sink) {}

  /**
   * Creates a source; connects to nothing yet.
   *
   * @param missingTableHelp how to create a missing table, for error messages
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

  /** Runs the checks and clock readings that are due; called before the first statement. */
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
