package io.hotdeal.oracle.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;

/** The clock by which a store applies windows and ages, and dates its rows. Thread-safe. */
public interface StoreClock {

  Instant now();

  /**
   * Reads the database's clock if a reading is due; called before the first statement of each
   * transaction.
   */
  void read(Connection connection) throws SQLException;

  /** Makes a reading due unless the last one is recent. */
  void expire();

  /** A clock that is independent of the database's and needs no reading. */
  static StoreClock given(InstantSource source) {
    return new StoreClock() {
      @Override
      public Instant now() {
        return source.instant();
      }

      @Override
      public void read(Connection connection) {}

      @Override
      public void expire() {}

      @Override
      public String toString() {
        return source.toString();
      }
    };
  }
}
