package io.hotdeal.spi;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.Units;
import java.util.List;
import java.util.Optional;

/**
 * A fast count of the units that may still be claimed, in front of the {@link OrderLog}.
 *
 * <p>It may forget (a restart, a failover, an eviction) without harm, because the log decides; it
 * must never hand out more claims than it holds units. A deal of which it lost a part is one that
 * it does not know; only {@link #restore} creates it again, because its units may be claimed.
 *
 * <p>Every method blocks until the store answered. Every verb is idempotent by order id, so that a
 * call whose outcome is unknown may be sent again. Answers come position by position, an empty list
 * is answered by an empty list, and an id that stands twice in one call is answered as if it came
 * in two calls. Implementations are thread-safe.
 *
 * <p>The orders of one call may be of several deals, in any order; what becomes of those of one
 * deal does not depend on the others. If a call of several deals fails for any of them, it throws a
 * {@link PartialFailureException} with the results of the others; see {@link CallsByDeal}, and
 * {@link DealBusyException}.
 *
 * <p>Orders may be marked as first attempts or not. The mark is no part of their content and
 * changes no answer, so a counter does not store it, and compares by {@link Order#sameContentAs},
 * never by {@code equals}. The orders that it answers itself, {@link #overdue} and {@link #held},
 * are {@link Order#asPossibleRetry}.
 *
 * <p>A store that cannot answer is a {@link NothingHappenedException} where the call certainly had
 * no effect, else an {@link OutcomeUnknownException}.
 *
 * <p>How to write one for another store is told in docs/adapters.md; StockCounterContract, in the
 * test-jar, tests it.
 */
public interface StockCounter {

  /**
   * Whether a call of several deals costs less than a call for each, because the store changes them
   * together. Where it does, the orders of deals that are little in demand share calls: all calls
   * that take orders.
   */
  default boolean combinesDeals() {
    return false;
  }

  /**
   * Creates the deal with all its units, open for claims, with {@link DealTerms#version} 1. The
   * same deal again changes nothing, nor does a deal of which a part was lost.
   *
   * @throws DealConflictException if the id is taken by a deal with other terms; once these were
   *     changed, its limit per buyer and window are not compared
   */
  void open(Deal deal);

  /**
   * Takes each order's units, all or none, in list order.
   *
   * <p>An id that holds a claim, settled or not, is answered from it before anything else is looked
   * at. Then come, in this order: closed or outside the window, paused, the limit per buyer, the
   * units.
   *
   * <p>A claim is overdue after the deal's hold, or after {@link Order#payWithin} if the order has
   * one. A repeated claim with {@code payWithin} that is not settled becomes overdue no earlier
   * than so long from now.
   *
   * @return one result per order
   */
  List<ClaimResult> claim(List<Order> orders);

  /**
   * Moves the deadlines of claims that are held and have this content: they become overdue no
   * earlier than {@link Order#payWithin} from now. Never makes a claim, so that a late call does
   * nothing to an order that has ended. Nothing happens for any other id, and for an order without
   * {@code payWithin}.
   */
  void postpone(List<Order> orders);

  /**
   * Marks the orders as sold: their ids are remembered for the deal's life, so that a late
   * duplicate claims nothing, and {@link #held} and {@link #overdue} leave them out. A held claim
   * is settled as it was claimed, whatever the content of this order. An id without a claim is
   * settled without units; it counts towards its buyer's limit all the same, once, so that a
   * counter which lost its data can be corrected. Nothing happens for a deal that is not known.
   */
  void settle(List<Order> orders);

  /**
   * Gives back the units of claims that are held. Settled and unknown ids, and ids whose claim has
   * another content, give back nothing.
   */
  void release(List<Order> orders);

  /**
   * Frees the units of orders that were sold and are given back: they no longer count towards their
   * buyers' limits, once. Their ids are remembered, so that a late duplicate claims nothing. What
   * remains to be claimed does not change, because that is counted in the log; only a claim that is
   * still held gives its units back, as {@link #release} does. An id without a claim is remembered
   * too, so that it can never count. Nothing happens for an id whose claim has another content, and
   * for a deal that is not known.
   */
  void giveBack(List<Order> orders);

  /** What is left of the deal, or empty if the counter does not know it. */
  Optional<Stock> stock(String dealId);

  /**
   * Claims held for longer than their deal allows, by the store's clock: all that there are, or, if
   * they are more than {@code limit}, so many of them. Which ones, and in which order, is the
   * store's choice.
   *
   * @param limit the most to answer, at least 1
   * @return the orders with the content that was claimed, none marked as a first attempt
   */
  List<Order> overdue(String dealId, int limit);

  /**
   * Claims that are neither settled nor released, overdue or not: all that there are, or, if they
   * are more than {@code limit}, so many of them. Which ones, and in which order, is the store's
   * choice. They may be read in parts: claims that are made, settled or released meanwhile may be
   * left out. A caller that needs the claims as of one instant compares {@link Stock#version}
   * before and after.
   *
   * @param limit the most to answer, at least 1
   * @return as {@link #overdue}
   */
  List<Order> held(String dealId, int limit);

  /**
   * Sets what remains, if the deal's version still is {@code ifVersion}, in one atomic step; claims
   * and settled ids stay as they are, and a closed deal stays closed. With {@link Stock#ABSENT} it
   * creates the deal with these terms and without any claims, if it is not there, or there only in
   * part.
   *
   * @param terms the terms to create it with; a deal that is there keeps its own
   * @param remaining the units that may be claimed from now on, 0 to {@link Units#MAX}
   * @return false if the version was another, and nothing was changed
   */
  boolean restore(DealTerms terms, long remaining, long ifVersion);

  /** The same with terms that were never changed. */
  default boolean restore(Deal deal, long remaining, long ifVersion) {
    return restore(DealTerms.opened(deal), remaining, ifVersion);
  }

  /**
   * Adopts the terms of a deal as they are in the log: the limit per buyer, the window and the
   * state. Nothing happens if the counter has terms of a later version, or does not know the deal.
   * Claims stay as they are. A counter that has not counted the buyers' units, because the deal had
   * no limit per buyer, and now gets one, may forget the deal instead: {@link #restore} creates it
   * again.
   */
  void change(DealTerms terms);

  /** Ends the sale: new claims answer Closed, claims held can be settled or released. */
  void close(String dealId);

  /**
   * Forgets a closed deal and everything of it; it is not known any more. Nothing happens for a
   * deal that is open or not known.
   */
  void purge(String dealId);
}
