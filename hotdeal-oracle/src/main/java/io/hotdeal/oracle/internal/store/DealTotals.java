package io.hotdeal.oracle.internal.store;

import io.hotdeal.UnknownDealException;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The totals of a deal, and the purge that depends on them. */
final class DealTotals {

  /**
   * A row of the query: the deal and the orders of one state.
   *
   * @param state null if the deal has no orders
   */
  private record StateRow(
      DealRow deal, long restocked, @Nullable OrderState state, Tally.Count count) {

    static StateRow read(ResultSet row) throws SQLException {
      String status = row.getString("STATUS");
      return new StateRow(
          DealRow.read(row),
          row.getLong("RESTOCKED"),
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
    return new Tally(
        deal.deal(any.restocked),
        deal.total(),
        deal.left(),
        counts.getOrDefault(OrderState.RESERVED, Tally.Count.NONE),
        counts.getOrDefault(OrderState.PAID, Tally.Count.NONE),
        counts.getOrDefault(OrderState.CANCELLED, Tally.Count.NONE),
        counts.getOrDefault(OrderState.HELD, Tally.Count.NONE),
        counts.getOrDefault(OrderState.EXPIRED, Tally.Count.NONE),
        deal.closed());
  }

  /**
   * Deletes the orders that are not sold, see {@link io.hotdeal.spi.OrderLog#purge}. Locks the deal
   * first, so that no reservation can commit during the purge.
   */
  static long purge(Connection connection, DealTables tables, String dealId) throws SQLException {
    tables.lockDeal(connection, dealId);
    tally(connection, dealId)
        .orElseThrow(() -> new UnknownDealException(dealId))
        .requirePurgeable();
    return Jdbc.update(connection, OrderLogSql.PURGE, dealId);
  }
}
