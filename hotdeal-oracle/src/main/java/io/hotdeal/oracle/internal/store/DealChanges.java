package io.hotdeal.oracle.internal.store;

import io.hotdeal.DealEvent.Kind;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * What a transaction takes of a deal that it has locked, and that has so many units.
   *
   * @param events of the orders, in their order
   */
  record Taken(LockedDeal deal, long units, List<EventRow> events) {

    long left() {
      return deal.row().left() - units;
    }

    /** The events, with that of the last unit. */
    private List<EventRow> allEvents() {
      List<EventRow> all = new ArrayList<>(events);
      Kind stock = stockEvent(deal.row().left(), left());
      if (stock != null) {
        all.add(new EventRow(stock, null, null));
      }
      return all;
    }
  }

  /** Takes units of locked deals: one statement for all of which as much is taken. */
  void take(Connection connection, SharedSql sql, List<Taken> deals) throws SQLException {
    Map<List<Long>, List<String>> alike = new LinkedHashMap<>();
    List<@Nullable Object[]> events = new ArrayList<>();
    Instant at = now.get();
    for (Taken it : deals) {
      String dealId = it.deal.row().id();
      List<EventRow> more = it.deal.row().hasEvents() ? it.allEvents() : List.of();
      events.addAll(rows(dealId, it.deal.lastEvent(), more, at));
      alike
          .computeIfAbsent(List.of(it.units, (long) more.size()), key -> new ArrayList<>())
          .add(dealId);
    }
    for (Map.Entry<List<Long>, List<String>> it : alike.entrySet()) {
      long units = it.getKey().get(0);
      long count = it.getKey().get(1);
      if (count == 0) {
        IdLists.update(connection, sql.takeLocked, it.getValue(), units);
      } else {
        IdLists.update(connection, sql.takeLockedWithEvents, it.getValue(), units, count);
      }
    }
    Jdbc.batch(connection, OutboxSql.INSERT, events);
  }

  private static List<@Nullable Object[]> rows(
      String dealId, long lastBefore, List<EventRow> events, Instant at) {
    long sequence = lastBefore;
    List<@Nullable Object[]> rows = new ArrayList<>(events.size());
    for (EventRow event : events) {
      sequence++;
      rows.add(event.columns(dealId, sequence, at));
    }
    return rows;
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
    Jdbc.batch(connection, OutboxSql.INSERT, rows(dealId, last - events.size(), events, now.get()));
  }

  private static @Nullable Object[] concat(List<Object> first, @Nullable Object... rest) {
    List<@Nullable Object> all = new ArrayList<>(first);
    all.addAll(List.of(rest));
    return all.toArray();
  }
}
