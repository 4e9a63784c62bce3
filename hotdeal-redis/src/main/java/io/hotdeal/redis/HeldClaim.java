package io.hotdeal.redis;

import io.hotdeal.Order;
import java.util.Comparator;

/** A claim under way, and the millisecond of the store's clock from which on it is overdue. */
record HeldClaim(Order order, long deadline) {

  /** Oldest first; of one age, by id. */
  static final Comparator<HeldClaim> BY_AGE =
      Comparator.comparingLong(HeldClaim::deadline).thenComparing(claim -> claim.order().id());

  /** From what the store holds under an id: {@code units:buyer:deadline}. */
  static HeldClaim read(String dealId, String id, String text) {
    String[] parts = text.split(":", -1);
    return new HeldClaim(
        Order.of(id, dealId, parts[1], Long.parseLong(parts[0])), Long.parseLong(parts[2]));
  }
}
