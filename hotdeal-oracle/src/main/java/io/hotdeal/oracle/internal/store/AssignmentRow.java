package io.hotdeal.oracle.internal.store;

import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.spi.Housekeeping.Assignment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The assignment of a deal.
 *
 * @param keeper null if nobody ever had it, or gave it up
 * @param leasedUntil null if its housekeeper has no lease
 */
record AssignmentRow(
    String dealId,
    @Nullable String keeper,
    @Nullable Instant leasedUntil,
    boolean closed,
    boolean unfinished) {

  static final Comparator<AssignmentRow> BY_DEAL = Comparator.comparing(AssignmentRow::dealId);

  static AssignmentRow read(ResultSet row) throws SQLException {
    String state = row.getString("STATE");
    return new AssignmentRow(
        row.getString("PROD_ID"),
        row.getString("KEEPER"),
        Jdbc.instantOrNull(row, "LEASED_UNTIL"),
        !state.equals("OPEN") && !state.equals("PAUSED"),
        row.getInt("UNFINISHED") == 1);
  }

  /** Whether this housekeeper may take it: it is nobody's, or of another one without a lease. */
  boolean isFreeFor(String id, Instant now) {
    return !id.equals(keeper) && !isLeasedAt(now);
  }

  boolean isLeasedAt(Instant time) {
    return leasedUntil != null && leasedUntil.isAfter(time);
  }

  Assignment assignment(Instant now) {
    return new Assignment(
        dealId,
        keeper == null ? "" : keeper,
        isLeasedAt(now) ? Duration.between(now, leasedUntil) : Duration.ZERO,
        closed,
        unfinished);
  }
}
