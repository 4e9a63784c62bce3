package io.hotdeal.spi;

import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The totals of a deal in the log, in one consistent snapshot.
 *
 * @param terms its terms as they are now
 * @param quantity units on sale in total: those it opened with, plus all restocks
 * @param left units neither reserved, held, paid nor written off; exact in every committed state
 * @param writtenOff units of returned orders that were not put on sale again
 * @param counts orders and units by state; a state that is missing has none
 */
public record Tally(
    DealTerms terms, long quantity, long left, long writtenOff, Map<OrderState, Count> counts) {

  public Tally {
    counts = Map.copyOf(counts);
  }

  /** A number of orders and the sum of their units. */
  public record Count(long orders, long units) {

    public static final Count NONE = new Count(0, 0);

    /** The sum of both. */
    public Count plus(Count other) {
      return new Count(orders + other.orders, units + other.units);
    }
  }

  /** The totals of a deal without any order. */
  public static Tally of(DealTerms terms, long quantity, long left) {
    return new Tally(terms, quantity, left, 0, Map.of());
  }

  /** The same totals with other ones of a state. */
  public Tally with(OrderState state, Count count) {
    Map<OrderState, Count> more = new EnumMap<>(OrderState.class);
    more.putAll(counts);
    more.put(state, count);
    return new Tally(terms, quantity, left, writtenOff, more);
  }

  /** The same without the orders. */
  public DealBalance balance() {
    return new DealBalance(terms, left);
  }

  /** The deal, with its limit per buyer and window as they are now. */
  public Deal deal() {
    return terms.deal();
  }

  /** Whether the deal was closed by {@link OrderLog#close}. */
  public boolean closed() {
    return terms.closed();
  }

  /** Orders and units in a state. */
  public Count count(OrderState state) {
    return counts.getOrDefault(state, Count.NONE);
  }

  /** Orders and units in state RESERVED. */
  public Count reserved() {
    return count(OrderState.RESERVED);
  }

  /** Orders and units in state HELD. */
  public Count held() {
    return count(OrderState.HELD);
  }

  /** Orders and units in state PAID. */
  public Count paid() {
    return count(OrderState.PAID);
  }

  /** Orders in state CANCELLED, tombstones included. */
  public Count cancelled() {
    return count(OrderState.CANCELLED);
  }

  /** Orders in state EXPIRED. */
  public Count expired() {
    return count(OrderState.EXPIRED);
  }

  /** Orders in state RETURNING or RETURNED. */
  public Count returned() {
    return count(OrderState.RETURNING).plus(count(OrderState.RETURNED));
  }

  /** Whether the log has any row of the deal. */
  public boolean hasRows() {
    return counts.values().stream().anyMatch(count -> count.orders() > 0);
  }

  /** The units that are taken: reserved, held or paid. */
  public long sold() {
    return reserved().units() + held().units() + paid().units();
  }

  /**
   * Checks that the deal's CANCELLED and EXPIRED rows may be deleted, see {@link OrderLog#purge}.
   *
   * @throws NothingHappenedException if the deal is not closed, or has RESERVED, HELD or RETURNING
   *     orders
   */
  public void requirePurgeable() {
    long undecided = reserved().orders() + held().orders() + count(OrderState.RETURNING).orders();
    if (!closed() || undecided > 0) {
      throw new NothingHappenedException(
          "deal "
              + deal().id()
              + " was not purged: it is "
              + (closed() ? "closed" : "open")
              + " and has "
              + undecided
              + " orders RESERVED, HELD or RETURNING, the limit is 0 of a closed deal; "
              + (closed() ? "" : "first close it, by HotDeal.closeDeal; ")
              + "sweep it, by HotDeal.resolver().sweep, until no order is");
    }
  }

  /**
   * Whether the totals are consistent: quantity = left + reserved + held + paid + written off.
   * False is a defect.
   */
  public boolean isBalanced() {
    return left >= 0 && quantity == left + sold() + writtenOff;
  }
}
