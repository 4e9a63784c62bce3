package io.hotdeal.oracle.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The database's clock, estimated as the clock of this process plus an offset.
 *
 * <p>The database's clock is read if there is no reading yet, if a caller needs a recent one and
 * the last is older than one second, and if the process's clock was set since the last one. A
 * reading is exact to half of its round trip; clocks that differ by less are taken to be equal. A
 * skew of more than two seconds is logged once, and again when it changes by as much. Thread-safe.
 */
public final class DatabaseClock implements StoreClock {

  static final Duration TOLERATED_SKEW = Duration.ofSeconds(2);

  private static final Duration RECENT = Duration.ofSeconds(1);
  private static final Duration SLOW_ROUND_TRIP = Duration.ofSeconds(1);
  private static final Duration CLOCK_WAS_SET = Duration.ofSeconds(1);

  /** The first statement of its transaction, because PostgreSQL returns when that began. */
  private static final String TIME = "SELECT CURRENT_TIMESTAMP FROM DUAL";

  /**
   * A reading of the database's clock.
   *
   * @param ahead how far the database's clock is ahead of the process's, negative if it is behind
   * @param at the time of the reading, by the process's clock
   * @param tick the time of the reading in nanoseconds, by a monotonic clock
   */
  private record Reading(Duration ahead, Instant at, long tick) {}

  private final String store;
  private final InstantSource process;
  private final LongSupplier ticker;
  private final Consumer<String> warn;
  private volatile @Nullable Reading last;
  private volatile boolean expired;
  private Duration reported = Duration.ZERO;

  /**
   * @param store the store's name in messages
   * @param process the process's clock
   * @param ticker a monotonic clock, in nanoseconds
   * @param warn gets the text of a warning
   */
  public DatabaseClock(
      String store, InstantSource process, LongSupplier ticker, Consumer<String> warn) {
    this.store = store;
    this.process = process;
    this.ticker = ticker;
    this.warn = warn;
  }

  @Override
  public Instant now() {
    Reading reading = last;
    Instant now = process.instant();
    return reading == null ? now : now.plus(reading.ahead);
  }

  @Override
  public void expire() {
    Reading reading = last;
    if (reading != null && nanosSince(reading) > RECENT.toNanos()) {
      expired = true;
    }
  }

  @Override
  public void read(Connection connection) throws SQLException {
    Reading before = last;
    if (before != null && !expired && !wasSetSince(before)) {
      return;
    }
    long start = ticker.getAsLong();
    Instant database =
        Jdbc.queryOne(connection, TIME, row -> row.getObject(1, OffsetDateTime.class))
            .orElseThrow(() -> new SQLException("the table DUAL is empty"))
            .toInstant();
    long end = ticker.getAsLong();
    note(before, database, Duration.ofNanos(end - start), end);
  }

  private synchronized void note(
      @Nullable Reading before, Instant database, Duration roundTrip, long tick) {
    Instant at = process.instant();
    Duration inexact = roundTrip.dividedBy(2);
    Duration ahead = Duration.between(at.minus(inexact), database);
    if (ahead.abs().compareTo(inexact) <= 0) {
      ahead = Duration.ZERO;
    }
    expired = false;
    if (roundTrip.compareTo(SLOW_ROUND_TRIP) > 0 && before != null && !wasSetSince(before)) {
      last = new Reading(before.ahead, at, tick); // more exact than the new one
    } else {
      last = new Reading(ahead, at, tick);
      report(ahead);
    }
  }

  private void report(Duration ahead) {
    boolean skewed = ahead.abs().compareTo(TOLERATED_SKEW) > 0;
    boolean changed = ahead.minus(reported).abs().compareTo(TOLERATED_SKEW) > 0;
    if (skewed && changed) {
      reported = ahead;
      warn.accept(
          String.format(
              Locale.ROOT,
              "the clock of this process is %.1f s %s the %s's database; windows and holds go by"
                  + " the database's clock",
              ahead.abs().toMillis() / 1000.0,
              ahead.isNegative() ? "ahead of" : "behind",
              store));
    } else if (!skewed) {
      reported = Duration.ZERO;
    }
  }

  /** Whether the process's clock was set since the reading, or the machine was suspended. */
  private boolean wasSetSince(Reading reading) {
    Duration elapsed = Duration.between(reading.at, process.instant());
    return elapsed.minusNanos(nanosSince(reading)).abs().compareTo(CLOCK_WAS_SET) > 0;
  }

  private long nanosSince(Reading reading) {
    return ticker.getAsLong() - reading.tick;
  }

  @Override
  public String toString() {
    return "the database's clock";
  }
}
