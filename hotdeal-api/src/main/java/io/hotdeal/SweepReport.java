package io.hotdeal;

import java.util.List;

/**
 * The report of a sweep of one deal: what it found, and what it did.
 *
 * @param claims claims found that were held for longer than the deal's hold, or whose hold has
 *     ended
 * @param rows other orders found that were RESERVED in the log for longer than that, HELD after
 *     their deadline, or RETURNING
 * @param confirmed orders that were charged, and are now PAID
 * @param cancelled orders that were not sold, and are now CANCELLED, with any charge voided or
 *     refunded
 * @param expired holds whose deadline had passed without a payment, and that are now EXPIRED
 * @param returned orders that were given back, and whose buyer is now refunded
 * @param settled orders that were already PAID, and are now settled at the counter
 * @param released claims whose order was already CANCELLED or EXPIRED, or whose id belongs to
 *     another order; their units were released
 * @param unfinished orders left for the next sweep, because the payment is in doubt or a store was
 *     unavailable
 * @param reconciliation the reconciliation of the counter with the log afterwards
 * @param failures the failures, one per message, at most 10
 */
public record SweepReport(
    String dealId,
    long claims,
    long rows,
    long confirmed,
    long cancelled,
    long expired,
    long returned,
    long settled,
    long released,
    long unfinished,
    Reconciliation reconciliation,
    List<HotDealException> failures) {

  /** Whether no unfinished order was found, and the sweep is complete. */
  public boolean foundNothing() {
    return claims == 0 && rows == 0 && isComplete();
  }

  /** Whether the sweep left nothing to do for the next one. */
  public boolean isComplete() {
    return unfinished == 0 && failures.isEmpty() && reconciliation.isConsistent();
  }
}
