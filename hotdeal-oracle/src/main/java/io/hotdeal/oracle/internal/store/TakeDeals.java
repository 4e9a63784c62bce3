package io.hotdeal.oracle.internal.store;

import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.spi.Housekeeping.Assignment;
import io.hotdeal.spi.Housekeeping.Housekeeper;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The transactions by which a housekeeper takes deals and renews its lease.
 *
 * <p>Rows are locked in the order of the deals' ids, and then its own: so processes that take the
 * same deals at the same time wait for each other, and never in a circle.
 */
final class TakeDeals {

  private static final int EIGHTHS = 8;

  /** How long the row of a housekeeper that did not retire is kept. */
  private static final Duration ENDED_KEPT = Duration.ofDays(1);

  private final DealTables tables;
  private final Housekeeper me;
  private final List<String> dealIds;

  /**
   * @param dealIds without duplicates
   */
  TakeDeals(DealTables tables, Housekeeper me, List<String> dealIds) {
    this.tables = tables;
    this.me = me;
    this.dealIds = dealIds;
  }

  /** The assignments, if there is nothing to write. */
  Optional<List<Assignment>> read(Connection connection) throws SQLException {
    Instant now = tables.now();
    List<AssignmentRow> rows = rows(connection, now);
    boolean writes = rows.stream().anyMatch(it -> it.isFreeFor(me.id(), now) || isDue(it, now));
    return writes ? Optional.empty() : Optional.of(assignments(rows, now));
  }

  /** Takes the deals that are free, and renews the lease if it is due. */
  List<Assignment> write(Connection connection) throws SQLException {
    Instant now = tables.now();
    List<AssignmentRow> rows = rows(connection, now);
    List<AssignmentRow> free = rows.stream().filter(it -> it.isFreeFor(me.id(), now)).toList();
    if (!free.isEmpty()) {
      take(connection, free);
      rows = rows(connection, now);
    }
    if (rows.stream().anyMatch(it -> isDue(it, now))) {
      renew(connection, now);
      rows = rows(connection, now);
    }
    return assignments(rows, now);
  }

  private List<AssignmentRow> rows(Connection connection, Instant now) throws SQLException {
    return IdLists.query(
        connection, HousekeepingSql.ASSIGNMENTS, AssignmentRow::read, now, dealIds);
  }

  private static List<Assignment> assignments(List<AssignmentRow> rows, Instant now) {
    return rows.stream().map(it -> it.assignment(now)).toList();
  }

  /** Whether it is mine, and an eighth of the lease has gone. */
  private boolean isDue(AssignmentRow row, Instant now) {
    Duration most = me.lease().minus(me.lease().dividedBy(EIGHTHS));
    return me.id().equals(row.keeper()) && !row.isLeasedAt(now.plus(most));
  }

  private void take(Connection connection, List<AssignmentRow> free) throws SQLException {
    List<@Nullable Object[]> ofNobody = new ArrayList<>();
    List<@Nullable Object[]> ofOthers = new ArrayList<>();
    free.stream()
        .sorted(AssignmentRow.BY_DEAL)
        .forEach(
            row -> {
              String keeper = row.keeper();
              if (keeper == null) {
                ofNobody.add(new Object[] {row.dealId(), me.id(), row.dealId()});
              } else {
                ofOthers.add(new Object[] {me.id(), row.dealId(), keeper});
              }
            });
    Jdbc.batch(connection, HousekeepingSql.TAKE_OVER, ofOthers);
    Jdbc.batch(connection, HousekeepingSql.TAKE, ofNobody);
  }

  private void renew(Connection connection, Instant now) throws SQLException {
    Instant until = now.plus(me.lease());
    if (Jdbc.update(connection, HousekeepingSql.RENEW, until, me.id()) == 0) {
      Jdbc.update(connection, HousekeepingSql.INSERT_KEEPER, me.id(), until);
      Jdbc.update(connection, HousekeepingSql.DELETE_ENDED, now.minus(ENDED_KEPT));
    }
  }
}
