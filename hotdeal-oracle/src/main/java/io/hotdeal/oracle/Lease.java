package io.hotdeal.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * One connection for one transaction, given back as it was taken.
 *
 * <p>Switching autocommit on again commits what is open, so that is done only once the transaction
 * is known to have ended. A connection of which that is not known is aborted.
 */
final class Lease implements AutoCloseable {

  private final Connection connection;
  private final boolean autoCommit;
  private boolean ended;
  private boolean lost;

  private Lease(Connection connection, boolean autoCommit) {
    this.connection = connection;
    this.autoCommit = autoCommit;
  }

  static Lease of(DataSource dataSource) throws SQLException {
    Connection connection = dataSource.getConnection();
    try {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      return new Lease(connection, autoCommit);
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
      lost = !OracleErrors.of(e).isViolation(); // a deferred constraint's: it was rolled back
      throw e;
    }
  }

  /** Whether what was written is gone for certain. */
  private boolean rollback() {
    try {
      connection.rollback();
      return true;
    } catch (SQLException e) {
      return false; // the connection is of no more use, which close sees to
    }
  }

  /** Never throws: what the transaction did is decided by now. */
  @Override
  public void close() {
    boolean well = ended || (!lost && rollback());
    try (connection) {
      if (well) {
        connection.setAutoCommit(autoCommit);
      } else {
        connection.abort(Runnable::run);
      }
    } catch (SQLException e) {
      // a pool finds out by itself that the connection is broken
    }
  }
}
