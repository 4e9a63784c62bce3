package io.hotdeal.oracle.internal.store;

import io.hotdeal.DealEvent.Kind;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a deal's row, which comes last in a transaction, and the events of that
 * transaction: they are numbered by the row, under its lock, so that their numbers have no gap and
 * follow the order of the commits.
 */
final class DealChanges {

  private static final String[] LEFT_AND_LAST_EVENT = {"quantity", "last_event"};

  private final Supplier<Instant> now;

  DealChanges(Supplier<Instant> now) {
    this.now = now;
  }

  /**
   * Changes the units.
   *
   * @param values the parameters of the update's condition
   * @return the units left after it, or empty if the condition of the update was not met
   */
  OptionalLong run(
      Connection connection, DealRow deal, UnitChange change, @Nullable Object... values)
      throws SQLException {
    return deal.hasEvents()
        ? counted(connection, deal, change, values)
        : Jdbc.updateReturning(
            connection, "quantity", change.sql(), concat(List.of(change.units()), values));
  }

  private OptionalLong counted(
      Connection connection, DealRow deal, UnitChange change, @Nullable Object... values)
      throws SQLException {
    List<Object> set = List.of(change.units(), (long) change.events().size(), change.delta());
    long[] after =
        Jdbc.updateReturning(
            connection, LEFT_AND_LAST_EVENT, change.countingSql(), concat(set, values));
    if (after.length == 0) {
      return OptionalLong.empty();
    }
    List<EventRow> events = new ArrayList<>(change.events());
    Kind stock = stockEvent(after[0] - change.delta(), after[0]);
    if (stock != null) {
      events.add(new EventRow(stock, null, null));
    }
    write(connection, deal.id(), after[1], events);
    return OptionalLong.of(after[0]);
  }

  private static @Nullable Kind stockEvent(long before, long after) {
    if (before > 0 && after == 0) {
      return Kind.SOLD_OUT;
    }
    return before == 0 && after > 0 ? Kind.REOPENED : null;
  }

  /** Writes the events of a transaction that changes no units, of a deal that has events. */
  void count(Connection connection, String dealId, List<EventRow> events) throws SQLException {
    if (events.isEmpty()) {
      return;
    }
    OptionalLong last =
        Jdbc.updateReturning(
            connection, "last_event", OutboxSql.COUNT, (long) events.size(), dealId);
    if (last.isEmpty()) {
      throw new SQLException("the deal was deleted under this batch", "40001");
    }
    write(connection, dealId, last.getAsLong(), events);
  }

  private void write(Connection connection, String dealId, long last, List<EventRow> events)
      throws SQLException {
    Instant at = now.get();
    long sequence = last - events.size();
    List<@Nullable Object[]> rows = new ArrayList<>(events.size());
    for (EventRow event : events) {
      sequence++;
      rows.add(event.columns(dealId, sequence, at));
    }
    Jdbc.batch(connection, OutboxSql.INSERT, rows);
  }

  private static @Nullable Object[] concat(List<Object> first, @Nullable Object... rest) {
    List<@Nullable Object> all = new ArrayList<>(first);
    all.addAll(List.of(rest));
    return all.toArray();
  }
}
