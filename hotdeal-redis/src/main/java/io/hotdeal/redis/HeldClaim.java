package io.hotdeal.redis;

import io.hotdeal.Order;
import java.util.Comparator;

/**
 * A claim that is neither settled nor released.
 *
 * @param deadline when it becomes overdue, in epoch milliseconds of the store's clock
 */
record HeldClaim(Order order, long deadline) {

  /** Earliest deadline first, then by order id. */
  static final Comparator<HeldClaim> BY_AGE =
      Comparator.comparingLong(HeldClaim::deadline).thenComparing(claim -> claim.order().id());
}
