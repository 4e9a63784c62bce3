package io.hotdeal.oracle.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A connection for one transaction, returned to its pool with the autocommit setting that it had.
 *
 * <p>Switching autocommit on commits an open transaction. So it is done only if the transaction is
 * known to have ended; otherwise the connection is aborted.
 */
final class TransactionConnection implements AutoCloseable {

  private final Connection connection;
  private final boolean autoCommit;
  private boolean ended;
  private boolean lost;

  private TransactionConnection(Connection connection, boolean autoCommit) {
    this.connection = connection;
    this.autoCommit = autoCommit;
  }

  static TransactionConnection of(DataSource dataSource) throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      return new TransactionConnection(connection, autoCommit);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  void commit() throws SQLException {
    lost = true;
    try {
      connection.commit();
      ended = true;
    } catch (SQLException e) {
      lost = !SqlErrorKind.of(e).isViolation(); // a deferred constraint rolled it back
      throw e;
    }
  }

  /** Whether the transaction is rolled back for certain. */
  private boolean rollback() {
    try {
      connection.rollback();
      return true;
    } catch (SQLException e) {
      return false; // close() then aborts the connection
    }
  }

  /** Never throws, because the outcome of the transaction is known by now. */
  @Override
  public void close() {
    boolean reusable = ended || (!lost && rollback());
    try (connection) {
      if (reusable) {
        connection.setAutoCommit(autoCommit);
      } else {
        connection.abort(Runnable::run);
      }
    } catch (SQLException e) {
      // the pool detects the broken connection
    }
  }
}
