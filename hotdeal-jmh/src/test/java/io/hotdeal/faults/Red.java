package io.hotdeal.faults;

/** A shortcut that must show: each turns one safeguard off, in this harness only. */
enum Red {
  /** The log takes units without looking whether there are any. */
  NO_QUANTITY_CHECK,
  /** The counter is a GET and a DECR. */
  PLAIN_DECR,
  /** The counter forgets the id of what is sold. */
  SETTLED_FORGOTTEN,
  /** The counter takes no answer for a no. */
  LYING,
  /** A seller says that an order is placed before it is. */
  EARLY_ANSWER,
  /** The stores are not told that there is a limit per buyer. */
  NO_LIMIT,
  /** Nobody reconciles the counter: no damage by itself, but none is mended either. */
  NO_RECONCILING
}
