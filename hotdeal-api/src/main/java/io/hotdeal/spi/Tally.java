package io.hotdeal.spi;

import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;

/**
 * The totals of a deal in the log, in one consistent snapshot.
 *
 * @param deal its terms, as opened
 * @param quantity units on sale in total: those it opened with, plus all restocks
 * @param left units neither reserved, held nor paid; exact in every committed state
 * @param reserved orders and units in state RESERVED
 * @param paid orders and units in state PAID
 * @param cancelled orders in state CANCELLED, tombstones included
 * @param held orders and units in state HELD
 * @param expired orders in state EXPIRED
 * @param closed whether the deal was closed by {@link OrderLog#close}
 */
public record Tally(
    Deal deal,
    long quantity,
    long left,
    Count reserved,
    Count paid,
    Count cancelled,
    Count held,
    Count expired,
    boolean closed) {

  /** The totals of a deal that never held an order. */
  public Tally(
      Deal deal,
      long quantity,
      long left,
      Count reserved,
      Count paid,
      Count cancelled,
      boolean closed) {
    this(deal, quantity, left, reserved, paid, cancelled, Count.NONE, Count.NONE, closed);
  }

  /** A number of orders and the sum of their units. */
  public record Count(long orders, long units) {

    public static final Count NONE = new Count(0, 0);

    /** The sum of both. */
    public Count plus(Count other) {
      return new Count(orders + other.orders, units + other.units);
    }
  }

  /** Whether the log has any row of the deal. */
  public boolean hasRows() {
    return reserved.orders() + paid.orders() + cancelled.orders() + held.orders() + expired.orders()
        > 0;
  }

  /** The units that are taken: reserved, held or paid. */
  public long sold() {
    return reserved.units() + held.units() + paid.units();
  }

  /**
   * Checks that the deal's CANCELLED and EXPIRED rows may be deleted, see {@link OrderLog#purge}.
   *
   * @throws NothingHappenedException if the deal is not closed, or has RESERVED or HELD orders
   */
  public void requirePurgeable() {
    long undecided = reserved.orders() + held.orders();
    if (!closed || undecided > 0) {
      throw new NothingHappenedException(
          "deal "
              + deal.id()
              + " was not purged: it is "
              + (closed ? "closed" : "open")
              + " and has "
              + undecided
              + " orders RESERVED or HELD, the limit is 0 of a closed deal; "
              + (closed ? "" : "first close it, by HotDeal.closeDeal; ")
              + "sweep it, by HotDeal.resolver().sweep, until no order is");
    }
  }

  /**
   * Whether the totals are consistent: quantity = left + reserved + held + paid. False is a defect.
   */
  public boolean isBalanced() {
    return left >= 0 && quantity == left + sold();
  }
}
