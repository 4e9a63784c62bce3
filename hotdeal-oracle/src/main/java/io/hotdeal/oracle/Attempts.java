package io.hotdeal.oracle;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The transactions of one call of a port, and what is known of their effect.
 *
 * <p>What fails before COMMIT was sent never happened; it is tried again where somebody was in the
 * way or the connection was stale. What fails at COMMIT may have happened: the work, which is
 * keyed, is done again on a fresh connection, and its answer then tells. Only if that does not
 * succeed either is the outcome unknown. Not thread-safe: one object per call.
 */
final class Attempts {

  private static final int TRIES = 5;
  private static final int COLLISIONS = 2;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  private enum Phase {
    CONNECT,
    WORK,
    COMMIT
  }

  private final Connections connections;
  private Phase phase = Phase.CONNECT;
  private boolean committed;
  private boolean inDoubt;

  Attempts(Connections connections) {
    this.connections = connections;
  }

  /**
   * Does the work and commits it.
   *
   * @throws Violation if the database refuses a row of it; nothing of it is written
   */
  <T> T write(Work<T> work) throws Violation {
    for (int tried = 1; ; tried++) {
      try {
        T result = commit(work);
        committed = true;
        inDoubt = false;
        return result;
      } catch (SQLException e) {
        decide(e, tried);
      }
    }
  }

  /**
   * Does work that finds what others wrote, and commits it: where it collides with somebody who
   * inserts the same key, whose row is found then, it is done again once.
   *
   * @throws Violation if the database refuses a row of it; nothing of it is written
   */
  <T> T writeKeyed(Work<T> work) throws Violation {
    for (int collisions = 1; ; collisions++) {
      try {
        return write(work);
      } catch (Violation e) {
        if (!e.isDuplicate() || collisions == COLLISIONS) {
          throw e;
        }
      }
    }
  }

  /** The same for work of which no row is expected to be refused. */
  <T> T writeAll(Work<T> work) {
    try {
      return writeKeyed(work);
    } catch (Violation e) {
      throw e.asNothingHappened();
    }
  }

  /** Does work that only reads. */
  <T> T read(Work<T> work) {
    for (int tried = 1; ; tried++) {
      try (Lease lease = lease()) {
        phase = Phase.WORK;
        connections.look(lease.connection());
        return work.on(lease.connection());
      } catch (SQLException e) {
        if (!mayTryAgain(OracleErrors.of(e), tried)) {
          throw failure(e);
        }
        pause(tried);
      }
    }
  }

  private <T> T commit(Work<T> work) throws SQLException {
    try (Lease lease = lease()) {
      phase = Phase.WORK;
      connections.look(lease.connection());
      T result = work.on(lease.connection());
      phase = Phase.COMMIT;
      lease.commit();
      return result;
    }
  }

  private Lease lease() throws SQLException {
    phase = Phase.CONNECT;
    try {
      return connections.lease();
    } catch (RuntimeException e) { // a pool that starts late says so unchecked
      throw failure(e);
    }
  }

  /** Returns if the work is to be done again. */
  private void decide(SQLException e, int tried) throws Violation {
    OracleErrors kind = OracleErrors.of(e);
    if (phase != Phase.CONNECT && kind.isViolation() && !inDoubt) {
      throw new Violation(e);
    }
    inDoubt |= phase == Phase.COMMIT;
    if (!mayTryAgain(kind, tried)) {
      throw failure(e);
    }
    pause(tried);
  }

  private boolean mayTryAgain(OracleErrors kind, int tried) {
    if (tried == TRIES) {
      return false;
    }
    return switch (phase) {
      case CONNECT -> inDoubt;
      case WORK -> kind == OracleErrors.BUSY || kind == OracleErrors.CONNECTION_LOST;
      case COMMIT -> true;
    };
  }

  private HotDealException failure(Exception e) {
    return committed || inDoubt ? unknown(e) : nothing(e);
  }

  private NothingHappenedException nothing(Exception e) {
    return new NothingHappenedException(
        (phase == Phase.CONNECT ? "no connection to the database" : "the database did not do it")
            + codes(e)
            + remedy(e),
        e);
  }

  private static OutcomeUnknownException unknown(Exception e) {
    return new OutcomeUnknownException("the database may or may not have done it" + codes(e), e);
  }

  /** The codes say what the text would, and name no host and no user. */
  private static String codes(Exception e) {
    return e instanceof SQLException sql
        ? " (SQLState " + sql.getSQLState() + ", code " + sql.getErrorCode() + ")"
        : "";
  }

  private static String remedy(Exception e) {
    return e instanceof SQLException sql && OracleErrors.of(sql) == OracleErrors.NO_TABLE
        ? ": a table of hotdeal is missing, or not visible to this user in this schema. "
            + OracleSchema.howToCreate()
        : "";
  }

  /** So that two who were in each other's way do not meet again at once. */
  private static void pause(int tried) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(tried * PAUSE_NANOS));
  }
}
