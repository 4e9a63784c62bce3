package io.hotdeal.oracle.internal.store;

import io.hotdeal.Deal;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * A row of a table of deals.
 *
 * @param left the units left
 * @param total the units on sale in all, including restocks
 * @param limitPerBuyer the units per buyer, 0 for no limit
 */
record DealRow(
    String id,
    long left,
    long total,
    long limitPerBuyer,
    Instant opens,
    Instant closes,
    Duration hold,
    Duration longestHold,
    boolean closed) {

  static DealRow read(ResultSet row) throws SQLException {
    return new DealRow(
        row.getString("PROD_ID"),
        row.getLong("QUANTITY"),
        row.getLong("TOTAL"),
        row.getLong("BUYER_LIMIT"),
        Jdbc.instant(row, "OPENS"),
        Jdbc.instant(row, "CLOSES"),
        Duration.ofMillis(row.getLong("HOLD_MS")),
        Duration.ofMillis(row.getLong("LONGEST_MS")),
        row.getString("STATE").equals("CLOSED"));
  }

  /**
   * The terms that the deal was opened with.
   *
   * @param restocked the units added since
   */
  Deal deal(long restocked) {
    return new Deal(id, total - restocked, limitPerBuyer, opens, closes, hold, longestHold);
  }

  boolean hasLimit() {
    return limitPerBuyer > 0;
  }

  /** The same deal, assumed to be open and to have enough units. */
  DealRow optimistic() {
    return with(Long.MAX_VALUE, false);
  }

  DealRow withLeft(long units) {
    return with(units, closed);
  }

  private DealRow with(long units, boolean nowClosed) {
    return new DealRow(
        id, units, total, limitPerBuyer, opens, closes, hold, longestHold, nowClosed);
  }
}
