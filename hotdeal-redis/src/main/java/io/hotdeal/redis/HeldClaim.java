package io.hotdeal.redis;

import io.hotdeal.Order;
import java.util.Comparator;

/** A claim under way, and the millisecond of the store's clock from which on it is overdue. */
record HeldClaim(Order order, long deadline) {

  /** Oldest first; of one age, by id. */
  static final Comparator<HeldClaim> BY_AGE =
      Comparator.comparingLong(HeldClaim::deadline).thenComparing(claim -> claim.order().id());
}
