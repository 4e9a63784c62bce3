package io.hotdeal.faults;

/** A safeguard that is switched off, in this harness only; the audit must find the damage. */
enum Red {
  /** The log takes units without checking the quantity. */
  NO_QUANTITY_CHECK,
  /** The counter is a GET and a DECR. */
  PLAIN_DECR,
  /** The counter deletes the ids of settled orders. */
  SETTLED_FORGOTTEN,
  /** The counter reports an unknown outcome as NothingHappened. */
  LYING,
  /** A seller answers that an order, or its payment, is placed before it is. */
  EARLY_ANSWER,
  /** A payment that comes late is refunded before the log decides about it. */
  EARLY_REFUND,
  /** The units of an expired hold are not given back. */
  UNITS_KEPT,
  /** The deals are opened without their limit per buyer. */
  NO_LIMIT,
  /** The counter is not reconciled: no damage by itself, but damage is not repaired. */
  NO_RECONCILING
}
