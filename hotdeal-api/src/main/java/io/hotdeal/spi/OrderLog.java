package io.hotdeal.spi;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.DealConflictException;
import io.hotdeal.DealState;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderQuery;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.ReserveResult;
import io.hotdeal.Units;
import io.hotdeal.UnknownDealException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The durable record of all orders, which alone decides what is sold: never more than the deal's
 * quantity.
 *
 * <p>What a method wrote is durable when it returns. Every method blocks, begins and ends its own
 * transaction, and is idempotent by order id: a call whose outcome is unknown may, and should, be
 * repeated. Results are in the order of the arguments; an empty list gives an empty list. An id
 * that occurs twice in one call is treated as in two calls, except that confirm and cancel may
 * return the final state for both. Implementations are thread-safe.
 *
 * <p>The orders of one call may be of several deals, in any order. What becomes of the orders of
 * one deal does not depend on those of the others: if a call of several deals fails for any of
 * them, it throws a {@link PartialFailureException} with the results of the others. {@link
 * CallsByDeal} is enough for a store that has no use for calls of several deals. A store that
 * writes them together must not wait for the lock of one deal while it holds that of another: it
 * may answer {@link DealBusyException} instead.
 *
 * <p>Whether an order is marked as a first attempt changes no result and is not stored: the orders
 * of all rows that a log returns are {@link Order#asPossibleRetry}.
 *
 * <p>If the store is unavailable, methods throw {@link NothingHappenedException} if the call
 * certainly had no effect, otherwise {@link OutcomeUnknownException}.
 *
 * <p>docs/adapters.md explains how to write an implementation; OrderLogContract, in the test-jar,
 * tests it.
 */
public interface OrderLog {

  /**
   * Whether a call of several deals costs less than a call for each, because the store writes them
   * together. Where it does, the orders of deals that are little in demand share calls: those of
   * {@link #reserve} and {@link #confirm}.
   */
  default boolean combinesDeals() {
    return false;
  }

  /**
   * Creates the deal with all its units left. Opening the same deal again changes nothing, whatever
   * was sold, restocked or changed since.
   *
   * @throws DealConflictException if the id is taken by a deal with other terms; once these were
   *     changed, its limit per buyer and window are not compared
   */
  void open(Deal deal);

  /**
   * Writes each order and takes its units, all or none, in list order. This decides what is sold.
   *
   * <p>For an id that is in the log, its row alone determines the result. For others the checks
   * are, in this order: closed or outside the window, paused, the limit per buyer, the units.
   *
   * <p>An order with {@link Order#payWithin} is written as {@link OrderState#HELD}, with the
   * deadline now + {@code payWithin}, by the log's clock, but at most now + {@link
   * Deal#longestHold}.
   *
   * @param as the state to write for the others: {@link OrderState#RESERVED}, or {@link
   *     OrderState#PAID} where no payment is due
   * @return one result per order
   * @throws IllegalArgumentException if {@code as} is another state
   */
  List<ReserveResult> reserve(List<Order> orders, OrderState as);

  /**
   * Changes RESERVED to PAID, which completes the sale. Any other state remains, also HELD.
   *
   * @return per order the resulting state; ABSENT if there is no row, RESERVED if the store refuses
   *     PAID for this row, by a constraint of its own. A row of this id with another buyer or
   *     quantity remains unchanged, and its state is returned
   */
  List<OrderState> confirm(List<Order> orders);

  /**
   * Changes RESERVED to CANCELLED and gives the units back. Where there is no row, writes a
   * CANCELLED one (a tombstone), so that a reservation that is still under way fails. Every other
   * state remains.
   *
   * @return per order the resulting state. ABSENT if the store refuses the tombstone, by a
   *     constraint of its own: there is no row, and none can be written. RESERVED if it refuses
   *     CANCELLED for this row. A row of this id with another buyer or quantity remains unchanged,
   *     and its state is returned
   * @throws UnknownDealException if the deal was never opened
   */
  List<OrderState> cancel(List<Order> orders);

  /**
   * Sells held orders, because they are paid, and records the payments:
   *
   * <ul>
   *   <li>HELD becomes PAID, whether the deadline has passed or not.
   *   <li>EXPIRED becomes PAID if its units, and those of its buyer's limit, can be taken again and
   *       the deal is not closed by {@link #close}, whatever its window; otherwise CANCELLED.
   *   <li>An order that is PAID without a payment id gets this one, if it was held.
   *   <li>Every other row remains, also one that was never held.
   * </ul>
   *
   * @return per payment the order's row as it is now, and what is left; empty if there is no row.
   *     HELD if the store refuses PAID for this row, by a constraint of its own
   */
  List<Optional<OrderSnapshot>> confirmHeld(List<HoldPayment> payments);

  /**
   * Moves the deadlines of HELD orders whose deadline has not passed. A deadline never becomes
   * earlier, nor later than {@link OrderRecord#recordedAt} + {@link Deal#longestHold}. Every other
   * row remains.
   *
   * @return per extension the order's row as it is now, and what is left; empty if there is no row
   */
  List<Optional<OrderSnapshot>> extend(List<HoldExtension> extensions);

  /**
   * Ends holds, and gives their units back. As {@link OrderState#EXPIRED}: HELD orders whose
   * deadline has passed, by the log's clock. As {@link OrderState#CANCELLED}: HELD orders, whatever
   * their deadline, and EXPIRED ones. Every other row remains, and so does a row of this id with
   * another buyer or quantity.
   *
   * @return per order the resulting state; ABSENT if there is no row, HELD if the deadline has not
   *     passed or if the store refuses the change by a constraint of its own
   * @throws IllegalArgumentException if {@code as} is another state
   */
  List<OrderState> endHolds(List<Order> orders, OrderState as);

  /**
   * Returns HELD rows whose deadline has passed, by the log's clock, earliest deadline first.
   *
   * @param limit the most rows to return, at least 1
   */
  List<OrderRecord> overdueHolds(String dealId, int limit);

  /**
   * Undoes sales: PAID becomes RETURNING, or RETURNED where no refund is due. Gives the units back
   * to the buyer's limit, and to the deal or to what is written off. Every other row remains.
   *
   * @return per return the order's row as it is now, and what is left; empty if there is no row.
   *     PAID if the store refuses the change, by a constraint of its own
   */
  List<Optional<OrderSnapshot>> giveBack(List<OrderReturn> returns);

  /**
   * Changes RETURNING to RETURNED, because the buyer is refunded. Every other row remains, and so
   * does a row of this id with another buyer or quantity.
   *
   * @return per order the resulting state; ABSENT if there is no row, RETURNING if the store
   *     refuses the change by a constraint of its own
   */
  List<OrderState> finishReturns(List<Order> orders);

  /**
   * Returns RETURNING rows, in the order in which the store sorts ids.
   *
   * @param limit the most rows to return, at least 1
   */
  List<OrderRecord> returning(String dealId, int limit);

  /**
   * Returns the current rows of orders. A missing row proves nothing about a call that is under
   * way.
   *
   * @return per id its row, or empty
   */
  List<Optional<OrderRecord>> find(String dealId, List<String> orderIds);

  /** The same for one order. */
  default Optional<OrderRecord> find(String dealId, String orderId) {
    return find(dealId, List.of(orderId)).get(0);
  }

  /**
   * Searches for orders, newest first. May be slow where the store has no index for it: an index is
   * optional, see the store.
   *
   * @return one page
   */
  List<OrderRecord> orders(OrderQuery query);

  /**
   * Returns RESERVED rows written at least {@code olderThan} ago, by the log's clock, oldest first.
   *
   * @param limit the most rows to return, at least 1
   */
  List<OrderRecord> unresolved(String dealId, Duration olderThan, int limit);

  /**
   * Returns the PAID rows of a deal, one page per call, in the order in which the store sorts ids.
   *
   * @param afterOrderId the last id of the previous page, empty for the first page
   * @param limit the most rows to return, at least 1; only the last page has fewer
   */
  List<OrderRecord> paid(String dealId, String afterOrderId, int limit);

  /**
   * Adds units to a deal, or removes units that are still left if {@code units} is negative.
   * Idempotent by {@code operationId}.
   *
   * @param units the change, not 0
   * @throws UnknownDealException if the deal was never opened
   * @throws NothingHappenedException if fewer than {@code -units} are left, if the quantity would
   *     exceed {@link Units#MAX}, or if the operation id was used with other units
   */
  void restock(String dealId, long units, String operationId);

  /**
   * Returns the totals of a deal, or empty if it was never opened. May count all orders of the
   * deal: not for what is done often.
   */
  Optional<Tally> tally(String dealId);

  /**
   * Returns what a deal has left, or empty if it was never opened. Sweeps and reconciliations read
   * it, so it should cost the same however many orders the deal has.
   */
  default Optional<DealBalance> balance(String dealId) {
    return tally(dealId).map(Tally::balance);
  }

  /**
   * Changes a deal's terms, for the orders that are reserved from then on. Those in the log remain
   * as they are, whatever the new terms are. A limit per buyer counts what its buyers have already,
   * also what they bought while there was none.
   *
   * @return the terms as they are now, with a new version if the change changed anything
   * @throws UnknownDealException if the deal was never opened
   * @throws IllegalArgumentException if a value is out of range, see {@link DealChange#applyTo}
   * @throws NothingHappenedException if the deal was purged, and would be open or paused
   */
  DealTerms change(String dealId, DealChange change);

  /**
   * Ends the sale: new orders get Closed, existing rows can still be confirmed or cancelled.
   *
   * @throws UnknownDealException if the deal was never opened
   */
  default void close(String dealId) {
    change(dealId, DealChange.to(DealState.CLOSED));
  }

  /**
   * Deletes the CANCELLED and EXPIRED rows of a closed deal, tombstones included, and its events;
   * their ids are refused as Closed from then on, so it can never be opened again. Sold and
   * returned orders stay, so that the totals remain consistent. While a deal is open these rows are
   * needed: without them a late duplicate of a cancelled order would be sold.
   *
   * @return how many rows were deleted
   * @throws UnknownDealException if the deal was never opened
   * @throws NothingHappenedException if the deal was not closed by {@link #close}, has an order in
   *     state RESERVED, HELD or RETURNING, or has events that a registered consumer has not
   *     acknowledged
   */
  long purge(String dealId);

  /** The events of deals, for their consumers. */
  Outbox outbox();

  /**
   * Which process keeps house of which deal. By default every process of every deal: correct, and
   * each costs as many calls as one alone.
   */
  default Housekeeping housekeeping() {
    return Housekeeping.EVERYBODY;
  }
}
