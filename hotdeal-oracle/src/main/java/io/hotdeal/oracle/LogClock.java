package io.hotdeal.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;

/** By what time windows, ages and dates go. Thread-safe. */
interface LogClock {

  Instant now();

  /** Called at the start of each transaction, before its first statement; cheap unless due. */
  void look(Connection connection) throws SQLException;

  /** Lets the next look read the database's clock, if the last reading is not a recent one. */
  void expire();

  /** A clock that is right by definition. */
  static LogClock given(InstantSource source) {
    return new LogClock() {
      @Override
      public Instant now() {
        return source.instant();
      }

      @Override
      public void look(Connection connection) {}

      @Override
      public void expire() {}

      @Override
      public String toString() {
        return source.toString();
      }
    };
  }
}
