package io.hotdeal.oracle.internal.jdbc;

import static java.util.Map.entry;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of database errors, classified by vendor code, then by SQLState, then by exception
 * class, and never by message text.
 *
 * <p>Covers Oracle (ojdbc) and the two databases that replace it in tests, H2 and PostgreSQL.
 */
public enum SqlErrorKind {
  /** The key exists already, in a row of another transaction. No effect. */
  DUPLICATE,
  /** The row is invalid: check constraint, null, too long, trigger. No effect. */
  CONSTRAINT,
  /** A table or column of hotdeal is missing or not visible to this user. No effect. */
  NO_TABLE,
  /** Lock time-out, deadlock, serialization failure, cancelled statement. No effect; retry. */
  BUSY,
  /** The connection is lost. Uncommitted work is rolled back; a COMMIT may have taken effect. */
  CONNECTION_LOST,
  /** No connection could be opened. No effect. */
  CANNOT_CONNECT,
  /** Anything else. */
  OTHER;

  private static final int LONGEST_CHAIN = 16;

  /** The codes of RAISE_APPLICATION_ERROR, with which triggers refuse a row. */
  private static final int ORACLE_TRIGGER_FROM = 20_000;

  private static final int ORACLE_TRIGGER_TO = 20_999;

  /** Codes below 40,000 are Oracle's, the others H2's. */
  private static final Map<Integer, SqlErrorKind> BY_VENDOR_CODE =
      Map.ofEntries(
          entry(1, DUPLICATE),
          entry(2290, CONSTRAINT), // check
          entry(2291, CONSTRAINT), // parent row missing
          entry(2292, CONSTRAINT), // child row exists
          entry(2091, CONSTRAINT), // rolled back at COMMIT, by a deferred constraint
          entry(1400, CONSTRAINT), // null inserted
          entry(1407, CONSTRAINT), // null updated
          entry(1438, CONSTRAINT), // number too large
          entry(12899, CONSTRAINT), // text too long
          entry(942, NO_TABLE),
          entry(904, NO_TABLE), // column
          entry(54, BUSY), // NOWAIT
          entry(60, BUSY), // deadlock
          entry(1013, BUSY), // cancelled, or the query's time-out
          entry(8177, BUSY), // cannot serialize
          entry(30006, BUSY), // WAIT n
          entry(28, CONNECTION_LOST), // session killed
          entry(1012, CONNECTION_LOST), // not logged on
          entry(2396, CONNECTION_LOST), // idle for too long
          entry(3113, CONNECTION_LOST),
          entry(3114, CONNECTION_LOST),
          entry(3135, CONNECTION_LOST),
          entry(12571, CONNECTION_LOST),
          entry(17002, CONNECTION_LOST), // I/O error
          entry(17008, CONNECTION_LOST), // closed connection
          entry(17410, CONNECTION_LOST), // no more data to read
          entry(17800, CONNECTION_LOST), // end of stream
          entry(25402, CONNECTION_LOST), // failover with an open transaction
          entry(1017, CANNOT_CONNECT), // user or password
          entry(1033, CANNOT_CONNECT), // starting or stopping
          entry(1034, CANNOT_CONNECT), // not started
          entry(1089, CANNOT_CONNECT), // stopping
          entry(12154, CANNOT_CONNECT), // name not resolved
          entry(12170, CANNOT_CONNECT), // time-out
          entry(12505, CANNOT_CONNECT), // SID unknown
          entry(12514, CANNOT_CONNECT), // service unknown
          entry(12516, CANNOT_CONNECT), // no handler
          entry(12518, CANNOT_CONNECT), // connection not handed over
          entry(12519, CANNOT_CONNECT), // no service handler
          entry(12520, CANNOT_CONNECT), // no handler of that type
          entry(12528, CANNOT_CONNECT), // instance blocks new connections
          entry(12541, CANNOT_CONNECT), // no listener
          entry(18714, CANNOT_CONNECT),
          entry(28000, CANNOT_CONNECT), // account locked; H2: user or password
          entry(28001, CANNOT_CONNECT), // password expired
          entry(42102, NO_TABLE), // H2
          entry(42103, NO_TABLE), // H2: a similar name exists
          entry(42104, NO_TABLE), // H2: the schema has no tables
          entry(42122, NO_TABLE), // H2: column
          entry(90044, CONSTRAINT), // H2: trigger
          entry(50200, BUSY), // H2: lock time-out
          entry(90131, BUSY), // H2: concurrent update
          entry(90007, CONNECTION_LOST), // H2: closed
          entry(90067, CONNECTION_LOST), // H2: broken
          entry(90098, CONNECTION_LOST), // H2: database closed
          entry(90121, CONNECTION_LOST), // H2: database closed
          entry(90146, CANNOT_CONNECT)); // H2: no such database

  private static final Map<String, SqlErrorKind> BY_STATE =
      Map.ofEntries(
          entry("23505", DUPLICATE),
          entry("P0001", CONSTRAINT), // PostgreSQL: raised by a trigger
          entry("42P01", NO_TABLE), // PostgreSQL
          entry("42703", NO_TABLE), // PostgreSQL: column
          entry("08001", CANNOT_CONNECT),
          entry("08004", CANNOT_CONNECT),
          entry("53300", CANNOT_CONNECT), // PostgreSQL: too many connections
          entry("57P03", CANNOT_CONNECT), // PostgreSQL: starting or stopping
          entry("57P01", CONNECTION_LOST), // PostgreSQL: ended by an administrator
          entry("57P02", CONNECTION_LOST), // PostgreSQL: crash
          entry("57P05", CONNECTION_LOST), // PostgreSQL: idle for too long
          entry("25P03", CONNECTION_LOST), // PostgreSQL: idle for too long in a transaction
          entry("25P04", CONNECTION_LOST), // PostgreSQL: a transaction that took too long
          entry("55P03", BUSY), // PostgreSQL: lock time-out
          entry("57014", BUSY)); // cancelled, or the statement's time-out

  private static final Map<String, SqlErrorKind> BY_STATE_CLASS =
      Map.of(
          "08", CONNECTION_LOST,
          "22", CONSTRAINT,
          "23", CONSTRAINT,
          "28", CANNOT_CONNECT,
          "40", BUSY);

  /** The kind of an error, or of the first classified one among its next exceptions and causes. */
  public static SqlErrorKind of(SQLException error) {
    Throwable each = error;
    for (int i = 0; each != null && i < LONGEST_CHAIN; i++) {
      if (each instanceof SQLException sql) {
        SqlErrorKind kind = ofOne(sql);
        if (kind != OTHER) {
          return kind;
        }
        each = sql.getNextException() == null ? sql.getCause() : sql.getNextException();
      } else {
        each = each.getCause();
      }
    }
    return OTHER;
  }

  /** Whether the database refused the row and the connection can still be used. */
  public boolean isViolation() {
    return this == DUPLICATE || this == CONSTRAINT;
  }

  private static SqlErrorKind ofOne(SQLException error) {
    return byVendorCode(error.getErrorCode())
        .or(() -> byState(error.getSQLState()))
        .orElseGet(() -> byClass(error));
  }

  private static Optional<SqlErrorKind> byVendorCode(int code) {
    return code >= ORACLE_TRIGGER_FROM && code <= ORACLE_TRIGGER_TO
        ? Optional.of(CONSTRAINT)
        : Optional.ofNullable(BY_VENDOR_CODE.get(code));
  }

  private static Optional<SqlErrorKind> byState(@Nullable String state) {
    if (state == null || state.length() < 2) {
      return Optional.empty();
    }
    return Optional.ofNullable(BY_STATE.get(state))
        .or(() -> Optional.ofNullable(BY_STATE_CLASS.get(state.substring(0, 2))));
  }

  private static SqlErrorKind byClass(SQLException error) {
    if (error instanceof SQLTransientConnectionException) {
      return CANNOT_CONNECT;
    }
    if (error instanceof SQLNonTransientConnectionException
        || error instanceof SQLRecoverableException) {
      return CONNECTION_LOST;
    }
    if (error instanceof SQLTimeoutException || error instanceof SQLTransactionRollbackException) {
      return BUSY;
    }
    return error instanceof SQLIntegrityConstraintViolationException ? CONSTRAINT : OTHER;
  }
}
