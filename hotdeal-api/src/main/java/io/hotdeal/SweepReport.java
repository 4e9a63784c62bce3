package io.hotdeal;

import java.util.List;

/**
 * What a sweep of one deal found, and what it did.
 *
 * @param claims claims found that were held for longer than the deal allows
 * @param rows rows found that were RESERVED for longer than that, without those found as claims
 * @param confirmed orders that were charged, and are PAID now
 * @param cancelled orders that were not charged and never will be, and are CANCELLED now
 * @param settled claims of orders that were PAID before; the counter was corrected
 * @param released claims of orders that were CANCELLED before; their units went back
 * @param unfinished orders left for the next sweep, because the gateway could not say what became
 *     of the payment or a store did not answer
 * @param reconciliation how the counter was compared with the log afterwards
 * @param failures what broke, one of each message
 */
public record SweepReport(
    String dealId,
    long claims,
    long rows,
    long confirmed,
    long cancelled,
    long settled,
    long released,
    long unfinished,
    Reconciliation reconciliation,
    List<HotDealException> failures) {

  /** Whether nothing was found and nothing is left: the deal is as if nobody had ever crashed. */
  public boolean foundNothing() {
    return claims == 0 && rows == 0 && isComplete();
  }

  /** Whether nothing is left for the next sweep. */
  public boolean isComplete() {
    return unfinished == 0 && failures.isEmpty() && reconciliation.isConsistent();
  }
}
