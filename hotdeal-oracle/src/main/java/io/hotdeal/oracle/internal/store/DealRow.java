package io.hotdeal.oracle.internal.store;

import io.hotdeal.Deal;
import io.hotdeal.DealState;
import io.hotdeal.oracle.internal.jdbc.Jdbc;
import io.hotdeal.spi.DealTerms;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A row of a table of deals.
 *
 * @param terms the present terms, but for the quantity of the deal, which is 1: see {@link #terms}
 * @param left the units left
 * @param total the units on sale in all, including restocks
 * @param purged whether it is closed for good
 */
record DealRow(DealTerms terms, long left, long total, boolean purged) {

  private static final String PURGED = "PURGED";

  static DealRow read(ResultSet row) throws SQLException {
    String state = row.getString("STATE");
    boolean purged = state.equals(PURGED);
    Deal deal =
        Deal.of(row.getString("PROD_ID"), 1)
            .withLimitPerBuyer(row.getLong("BUYER_LIMIT"))
            .withWindow(Jdbc.instant(row, "OPENS"), Jdbc.instant(row, "CLOSES"))
            .withHold(Jdbc.duration(row, "HOLD_MS"))
            .withLongestHold(Jdbc.duration(row, "LONGEST_MS"));
    return new DealRow(
        new DealTerms(
            row.getInt("EVENTS") == 1 ? deal.withEvents() : deal,
            purged ? DealState.CLOSED : DealState.valueOf(state),
            row.getLong("TERMS")),
        row.getLong("QUANTITY"),
        row.getLong("TOTAL"),
        purged);
  }

  String id() {
    return deal().id();
  }

  /** The deal with its present terms, but for its quantity. */
  Deal deal() {
    return terms.deal();
  }

  /**
   * The terms, with the quantity that the deal was opened with.
   *
   * @param restocked the units added since
   */
  DealTerms terms(long restocked) {
    Deal deal = deal();
    Deal opened =
        new Deal(
            deal.id(),
            total - restocked,
            deal.limitPerBuyer(),
            deal.opens(),
            deal.closes(),
            deal.hold(),
            deal.longestHold(),
            deal.events());
    return new DealTerms(opened, terms.state(), terms.version());
  }

  long limitPerBuyer() {
    return deal().limitPerBuyer();
  }

  boolean hasLimit() {
    return limitPerBuyer() > 0;
  }

  boolean hasEvents() {
    return deal().events();
  }

  boolean closed() {
    return terms.closed();
  }

  /**
   * Whether this row, as it is now, sells what was planned from another one: it is open and within
   * its window, and has the same terms, also if somebody changed the limit by hand.
   */
  boolean sells(DealRow planned, Instant now) {
    return terms.state() == DealState.OPEN
        && !purged
        && !now.isBefore(deal().opens())
        && now.isBefore(deal().closes())
        && terms.version() == planned.terms.version()
        && limitPerBuyer() == planned.limitPerBuyer();
  }

  /** The same deal, assumed to be open and to have enough units. */
  DealRow optimistic() {
    return new DealRow(
        new DealTerms(deal(), DealState.OPEN, terms.version()), Long.MAX_VALUE, total, purged);
  }

  DealRow withLeft(long units) {
    return new DealRow(terms, units, total, purged);
  }
}
