package io.hotdeal.oracle.internal.store;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.DealState;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.UnknownDealException;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.oracle.internal.jdbc.TransactionBody;
import io.hotdeal.spi.DealTerms;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A transaction that changes the terms of a deal. It locks the deal first.
 *
 * <p>A transaction under way that takes or gives back units then waits for the deal, finds other
 * terms, and is run again. So what the buyers have can be counted here, where a deal gets a limit
 * per buyer: those transactions have either committed, or will count for themselves.
 */
final class ChangeTerms implements TransactionBody<DealTerms> {

  private final DealTables tables;
  private final String dealId;
  private final DealChange change;

  ChangeTerms(DealTables tables, String dealId, DealChange change) {
    this.tables = tables;
    this.dealId = dealId;
    this.change = change;
  }

  @Override
  public DealTerms run(Connection connection) throws SQLException {
    DealRow row =
        tables.lockDeal(connection, dealId).orElseThrow(() -> new UnknownDealException(dealId));
    Deal deal = change.applyTo(row.deal());
    DealState state = change.state().orElse(row.terms().state());
    if (row.purged() && state != DealState.CLOSED) {
      throw new NothingHappenedException(
          "deal " + dealId + " was purged, so it cannot be " + state + " again");
    }
    if (!new DealTerms(deal, state, row.terms().version()).equals(row.terms())) {
      write(connection, row, deal, state);
    }
    return DealTotals.terms(connection, dealId);
  }

  private void write(Connection connection, DealRow row, Deal deal, DealState state)
      throws SQLException {
    Jdbc.update(
        connection,
        OrderLogSql.CHANGE_TERMS,
        row.purged() ? "PURGED" : state.name(),
        deal.limitPerBuyer(),
        deal.opens(),
        deal.closes(),
        dealId);
    if (!row.hasLimit() && deal.limitPerBuyer() > 0) {
      Jdbc.update(connection, OrderLogSql.DELETE_BUYERS, dealId);
      Jdbc.update(connection, OrderLogSql.INSERT_BUYERS, dealId);
    }
  }
}
