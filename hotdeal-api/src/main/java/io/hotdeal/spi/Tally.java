package io.hotdeal.spi;

import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;

/**
 * What the log holds of a deal, in one consistent snapshot.
 *
 * @param deal its terms, as opened
 * @param quantity units on sale in all: those it opened with, and what was restocked since
 * @param left units neither reserved nor paid; true in every committed state
 * @param reserved orders and units in state RESERVED
 * @param paid orders and units in state PAID
 * @param cancelled orders in state CANCELLED, tombstones included
 * @param closed whether the deal was closed by hand
 */
public record Tally(
    Deal deal,
    long quantity,
    long left,
    Count reserved,
    Count paid,
    Count cancelled,
    boolean closed) {

  /** So many orders, for so many units together. */
  public record Count(long orders, long units) {

    public static final Count NONE = new Count(0, 0);

    /** Both together. */
    public Count plus(Count other) {
      return new Count(orders + other.orders, units + other.units);
    }
  }

  /** Whether any order came so far. */
  public boolean hasRows() {
    return reserved.orders() + paid.orders() + cancelled.orders() > 0;
  }

  /** Units that are gone: reserved or paid. */
  public long sold() {
    return reserved.units() + paid.units();
  }

  /**
   * Says nothing if the deal's CANCELLED rows may go, see {@link OrderLog#purge}.
   *
   * @throws NothingHappenedException if it is not closed, or has RESERVED orders
   */
  public void requirePurgeable() {
    if (!closed || reserved.orders() > 0) {
      throw new NothingHappenedException(
          "deal "
              + deal.id()
              + " was not purged: it is "
              + (closed ? "closed" : "open")
              + " and has "
              + reserved.orders()
              + " orders RESERVED, the limit is 0 of a closed deal; "
              + (closed ? "" : "first close it, by HotDeal.closeDeal; ")
              + "sweep it, by HotDeal.resolver().sweep, until no order is RESERVED");
    }
  }

  /** Whether the books balance: quantity = left + reserved + paid. False is a defect, always. */
  public boolean isBalanced() {
    return left >= 0 && quantity == left + sold();
  }
}
