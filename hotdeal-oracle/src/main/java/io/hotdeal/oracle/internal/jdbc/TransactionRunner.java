package io.hotdeal.oracle.internal.jdbc;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A runner for the transactions of one call of a port. It retries them, and reports whether they
 * had an effect.
 *
 * <p>A failure before COMMIT was sent had no effect; the transaction is retried after a lock
 * time-out, a deadlock or a lost connection. A failure at COMMIT may have had one: the body, which
 * is idempotent, is run again on a new connection, and its result is valid in both cases. If no
 * attempt succeeds, the outcome is unknown. Not thread-safe: one object per call.
 */
public final class TransactionRunner {

  private static final int MAX_ATTEMPTS = 5;
  private static final int MAX_COLLISIONS = 2;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  private enum Phase {
    CONNECT,
    WORK,
    COMMIT
  }

  private final ConnectionSource connections;
  private Phase phase = Phase.CONNECT;
  private boolean committed;
  private boolean inDoubt;

  public TransactionRunner(ConnectionSource connections) {
    this.connections = connections;
  }

  /**
   * Runs the body and commits it.
   *
   * @throws ConstraintViolation if the database refuses a row; nothing is written
   * @throws NothingHappenedException if it failed without an effect
   * @throws OutcomeUnknownException if this transaction, or an earlier one of this call, may have
   *     had an effect
   */
  public <T> T write(TransactionBody<T> body) throws ConstraintViolation {
    for (int tried = 1; ; tried++) {
      try {
        T result = commit(body);
        committed = true;
        inDoubt = false;
        return result;
      } catch (SQLException e) {
        decide(e, tried);
      }
    }
  }

  /**
   * Runs a body that takes existing rows into account, and commits it: after a duplicate key it is
   * run once more, and then sees the row of the other transaction.
   *
   * @throws ConstraintViolation if the database refuses a row; nothing is written
   */
  public <T> T writeKeyed(TransactionBody<T> body) throws ConstraintViolation {
    for (int collisions = 1; ; collisions++) {
      try {
        return write(body);
      } catch (ConstraintViolation e) {
        if (!e.isDuplicate() || collisions == MAX_COLLISIONS) {
          throw e;
        }
      }
    }
  }

  /**
   * Like {@link #writeKeyed}, for a body whose rows the database has no reason to refuse; if it
   * does, that is a {@link NothingHappenedException}.
   */
  public <T> T writeAll(TransactionBody<T> body) {
    try {
      return writeKeyed(body);
    } catch (ConstraintViolation e) {
      throw e.asNothingHappened();
    }
  }

  /** Runs a body that only reads; nothing is committed. */
  public <T> T read(TransactionBody<T> body) {
    for (int tried = 1; ; tried++) {
      try (TransactionConnection lease = lease()) {
        phase = Phase.WORK;
        connections.beginTransaction(lease.connection());
        return body.run(lease.connection());
      } catch (SQLException e) {
        if (!mayRetry(SqlErrorKind.of(e), tried)) {
          throw failure(e);
        }
        pause(tried);
      }
    }
  }

  private <T> T commit(TransactionBody<T> body) throws SQLException {
    try (TransactionConnection lease = lease()) {
      phase = Phase.WORK;
      connections.beginTransaction(lease.connection());
      T result = body.run(lease.connection());
      phase = Phase.COMMIT;
      lease.commit();
      return result;
    }
  }

  private TransactionConnection lease() throws SQLException {
    phase = Phase.CONNECT;
    try {
      return connections.open();
    } catch (RuntimeException e) { // thrown by pools that connect lazily
      throw failure(e);
    }
  }

  /** Returns if the body is to be run again, otherwise throws. */
  private void decide(SQLException e, int tried) throws ConstraintViolation {
    SqlErrorKind kind = SqlErrorKind.of(e);
    if (phase != Phase.CONNECT && kind.isViolation() && !inDoubt) {
      throw new ConstraintViolation(e);
    }
    inDoubt |= phase == Phase.COMMIT;
    if (!mayRetry(kind, tried)) {
      throw failure(e);
    }
    pause(tried);
  }

  private boolean mayRetry(SqlErrorKind kind, int tried) {
    if (tried == MAX_ATTEMPTS) {
      return false;
    }
    return switch (phase) {
      case CONNECT -> inDoubt;
      case WORK -> kind == SqlErrorKind.BUSY || kind == SqlErrorKind.CONNECTION_LOST;
      case COMMIT -> true;
    };
  }

  private HotDealException failure(Exception e) {
    return committed || inDoubt ? unknown(e) : nothingHappened(e);
  }

  private NothingHappenedException nothingHappened(Exception e) {
    return new NothingHappenedException(
        (phase == Phase.CONNECT ? "no connection to the database" : "the database did not do it")
            + codes(e)
            + remedy(e),
        e);
  }

  private static OutcomeUnknownException unknown(Exception e) {
    return new OutcomeUnknownException("the database may or may not have done it" + codes(e), e);
  }

  /** The error codes instead of the message, which may contain host and user names. */
  private static String codes(Exception e) {
    return e instanceof SQLException sql
        ? " (SQLState " + sql.getSQLState() + ", code " + sql.getErrorCode() + ")"
        : "";
  }

  private String remedy(Exception e) {
    return e instanceof SQLException sql && SqlErrorKind.of(sql) == SqlErrorKind.NO_TABLE
        ? ": a table of hotdeal is missing, or not visible to this user in this schema. "
            + connections.missingTableHelp()
        : "";
  }

  /** Waits for 0 to 4 ms per attempt: random, so that transactions do not collide again. */
  private static void pause(int tried) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(tried * PAUSE_NANOS));
  }
}
