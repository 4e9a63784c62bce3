package io.hotdeal.oracle.internal.store;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.UnknownDealException;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.spi.DealBalance;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The totals of a deal, and the purge that depends on them. */
final class DealTotals {

  /**
   * A row of the query: the deal and the orders of one state.
   *
   * @param state null if the deal has no orders
   */
  private record StateRow(
      DealRow deal,
      long restocked,
      long writtenOff,
      @Nullable OrderState state,
      Tally.Count count) {

    static StateRow read(ResultSet row) throws SQLException {
      String status = row.getString("STATUS");
      return new StateRow(
          DealRow.read(row),
          row.getLong("RESTOCKED"),
          row.getLong("WRITTEN_OFF"),
          status == null ? null : OrderState.valueOf(status),
          new Tally.Count(row.getLong("ORDERS"), row.getLong("UNITS")));
    }
  }

  private DealTotals() {}

  /** The totals, read in one statement; empty if the deal does not exist. */
  static Optional<Tally> tally(Connection connection, String dealId) throws SQLException {
    List<StateRow> rows = Jdbc.query(connection, OrderLogSql.TALLY, StateRow::read, dealId, dealId);
    return rows.stream().findFirst().map(any -> tally(any, counts(rows)));
  }

  private static Map<OrderState, Tally.Count> counts(List<StateRow> rows) {
    Map<OrderState, Tally.Count> counts = new EnumMap<>(OrderState.class);
    for (StateRow row : rows) {
      if (row.state != null) {
        counts.put(row.state, row.count);
      }
    }
    return counts;
  }

  private static Tally tally(StateRow any, Map<OrderState, Tally.Count> counts) {
    DealRow deal = any.deal;
    return new Tally(deal.terms(any.restocked), deal.total(), deal.left(), any.writtenOff, counts);
  }

  /** What is left, read in one statement without any order; empty if the deal does not exist. */
  static Optional<DealBalance> balance(Connection connection, String dealId) throws SQLException {
    return Jdbc.queryOne(connection, OrderLogSql.OPENED, DealTotals::balance, dealId);
  }

  private static DealBalance balance(ResultSet row) throws SQLException {
    DealRow deal = DealRow.read(row);
    return new DealBalance(deal.terms(row.getLong("RESTOCKED")), deal.left());
  }

  /** The terms of a deal that exists, with the quantity that it was opened with. */
  static DealTerms terms(Connection connection, String dealId) throws SQLException {
    return balance(connection, dealId)
        .map(DealBalance::terms)
        .orElseThrow(() -> new SQLException("deal " + dealId + " was deleted meanwhile", "40001"));
  }

  /**
   * Deletes a page of the events, and when there are no more, the orders that are not sold: see
   * {@link io.hotdeal.spi.OrderLog#purge}. Locks the deal first, so that no reservation can commit
   * during the purge, and no consumer is registered. The cursors are kept, for the events of
   * returns after the purge.
   *
   * @return how many orders were deleted; empty if there may be more events
   */
  static OptionalLong purge(Connection connection, DealTables tables, String dealId)
      throws SQLException {
    tables.lockDeal(connection, dealId);
    tally(connection, dealId)
        .orElseThrow(() -> new UnknownDealException(dealId))
        .requirePurgeable();
    requireTaken(connection, dealId);
    if (EventRemoval.removeOldest(connection, dealId) == EventRemoval.PAGE) {
      return OptionalLong.empty();
    }
    Jdbc.update(connection, OrderLogSql.PURGED, dealId);
    return OptionalLong.of(Jdbc.update(connection, OrderLogSql.PURGE, dealId));
  }

  /** Checks that all events were taken by all consumers. */
  private static void requireTaken(Connection connection, String dealId) throws SQLException {
    Optional<String> lagging =
        Jdbc.queryOne(
            connection,
            OutboxSql.LAGGING,
            row -> "consumer " + row.getString("CONSUMER") + " has " + row.getLong("LAG"),
            dealId);
    if (lagging.isPresent()) {
      throw new NothingHappenedException(
          "deal "
              + dealId
              + " was not purged: "
              + lagging.get()
              + " events to come, the limit is 0; deliver them, or unregister it");
    }
  }
}
