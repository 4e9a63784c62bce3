package io.hotdeal.model;

/** What may happen in a model, in addition to a crash at every step. */
enum Rule {
  /**
   * Attempts go on to the log without a claim: because the counter does not answer in time, or as a
   * retry that the counter refused.
   */
  BYPASSES_COUNTER,
  /** Claims and reservations that were sent may take effect at any later time, again and again. */
  REPEATS_CALLS,
  /** The counter is wiped only while no order is under way, and never fails over. */
  LOSES_ONLY_WHEN_IDLE,
  /** No payment is due: orders are written as PAID at once. */
  FREE_OF_CHARGE,
  /** The log may reject a single row for a reason of its own. */
  REJECTS_ROWS,
  /** The log refuses PAID for every row, whoever asks and however often. */
  REFUSES_PAID,
  /** With {@link #REFUSES_PAID}: it may accept PAID nevertheless, at any attempt. */
  ACCEPTS_PAID_LATER,
  /** The deal may be closed, and its CANCELLED rows be purged then. */
  CLOSES,
  /** The counter must be exact after the resolvers alone, before the next reconcile. */
  EXACT_WITHOUT_RECONCILE
}
