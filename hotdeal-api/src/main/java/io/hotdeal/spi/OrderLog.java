package io.hotdeal.spi;

import io.hotdeal.Deal;
import io.hotdeal.DealConflictException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.ReserveResult;
import io.hotdeal.Units;
import io.hotdeal.UnknownDealException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The truth: which orders have units, durably, within the deal's quantity.
 *
 * <p>What a method wrote is durable when it returns. Every method blocks, opens and ends its own
 * transaction, and is idempotent by order id: a call whose outcome is unknown may, and should, be
 * sent again. The orders of one call are all of one deal (a mixture is an {@link
 * IllegalArgumentException}, see {@link Order#commonDealOf}); answers come position by position, an
 * empty list is answered by an empty list, and an id that stands twice in one call is answered as
 * if it came in two calls, where confirm and cancel may answer both with the state that stands in
 * the end. Implementations are thread-safe.
 *
 * <p>Whether an order is marked as a first attempt changes no answer and is not stored: the orders
 * of all rows that a log answers are {@link Order#asPossibleRetry}.
 *
 * <p>A store that cannot answer is a {@link NothingHappenedException} where the call certainly had
 * no effect, else an {@link OutcomeUnknownException}.
 *
 * <p>How to write one for another store is told in docs/adapters.md; OrderLogContract, in the
 * test-jar, tests it.
 */
public interface OrderLog {

  /**
   * Creates the deal with all its units left. The same deal again changes nothing, whatever was
   * sold or restocked since.
   *
   * @throws DealConflictException if the id is taken by a deal with other terms
   */
  void open(Deal deal);

  /**
   * Writes each order and takes its units, all or none, in list order: the decision about stock.
   *
   * <p>An id that is in the log is answered from its row before anything else is looked at. Then
   * come, in this order: closed or outside the window, the limit per buyer, the units.
   *
   * @param as the state to write: {@link OrderState#RESERVED}, or {@link OrderState#PAID} where no
   *     payment is due
   * @return one result per order
   * @throws IllegalArgumentException if {@code as} is another state
   */
  List<ReserveResult> reserve(List<Order> orders, OrderState as);

  /**
   * RESERVED becomes PAID, the moment of sale. Any other state stays.
   *
   * @return per order the state that stands; ABSENT if there is no row, RESERVED if the store
   *     refuses to have this row PAID, by a constraint of its own. A row with another buyer or
   *     quantity under the id is left alone
   */
  List<OrderState> confirm(List<Order> orders);

  /**
   * RESERVED becomes CANCELLED and its units are left again; no row becomes a tombstone, CANCELLED
   * too, so that a reservation still under way fails. PAID stays.
   *
   * @return per order the state that stands. ABSENT if the store refuses the tombstone, by a
   *     constraint of its own: there is no row, and none can be written. RESERVED if it refuses to
   *     have this row CANCELLED. A row with another buyer or quantity under the id is left alone
   * @throws UnknownDealException if the deal was never opened
   */
  List<OrderState> cancel(List<Order> orders);

  /**
   * The rows that orders have now; the absence of one proves nothing about calls under way.
   *
   * @return per id its row, or empty
   */
  List<Optional<OrderRecord>> find(String dealId, List<String> orderIds);

  /** The same for one order. */
  default Optional<OrderRecord> find(String dealId, String orderId) {
    return find(dealId, List.of(orderId)).get(0);
  }

  /**
   * RESERVED rows written at least {@code olderThan} ago, oldest first.
   *
   * @param limit the most to answer, at least 1
   */
  List<OrderRecord> unresolved(String dealId, Duration olderThan, int limit);

  /**
   * The PAID rows of a deal, a page per call, in the order in which the store sorts order ids.
   *
   * @param afterOrderId the last id of the page before, empty for the first page
   * @param limit the most to answer, at least 1; fewer are answered only on the last page
   */
  List<OrderRecord> paid(String dealId, String afterOrderId, int limit);

  /**
   * Adds units to a deal, or takes away units that are still left when negative. Once per {@code
   * operationId}: the same operation again changes nothing.
   *
   * @param units not 0
   * @throws UnknownDealException if the deal was never opened
   * @throws NothingHappenedException if fewer than {@code -units} are left, if the quantity would
   *     pass {@link Units#MAX}, or if the operation id was used with other units
   */
  void restock(String dealId, long units, String operationId);

  /** The books of a deal, or empty if it was never opened. */
  Optional<Tally> tally(String dealId);

  /**
   * Ends the sale: new orders answer Closed, rows that are there can be confirmed or cancelled.
   *
   * @throws UnknownDealException if the deal was never opened
   */
  void close(String dealId);

  /**
   * Deletes the CANCELLED rows of a closed deal, tombstones included. Sales stay, so the books
   * balance; an id that was cancelled is refused as Closed from then on. Verdicts live as long as
   * their deal is open, because a late duplicate of a cancelled order would sell.
   *
   * @return how many rows were deleted
   * @throws UnknownDealException if the deal was never opened
   * @throws NothingHappenedException if it was not closed by {@link #close}, or if an order of it
   *     is still RESERVED
   */
  long purge(String dealId);
}
