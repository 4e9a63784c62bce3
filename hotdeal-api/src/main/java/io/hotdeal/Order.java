package io.hotdeal;

import java.util.List;

/**
 * One buyer's request, keyed by an id that its caller made before the first attempt.
 *
 * <p>Every retry carries the same id; that is what makes it safe. The same id with another buyer or
 * quantity is a conflict.
 *
 * @param id the order id, unique within its deal, see {@link Ids}
 * @param dealId the deal that it buys from
 * @param buyerId who buys; limits per buyer go by it
 * @param quantity the units wanted, all or none, 1 to {@link Units#MAX}
 * @param firstAttempt whether nobody sent this id before. Only such an order may be refused without
 *     asking the log; a retry has to learn what became of it. No part of the order's content
 */
public record Order(String id, String dealId, String buyerId, long quantity, boolean firstAttempt) {

  public Order {
    Ids.check("order id", id);
    Ids.check("deal id", dealId);
    Ids.check("buyer id", buyerId);
    Units.check("quantity of order " + id, quantity);
  }

  /** An order that may be a retry, which is always safe to say. */
  public static Order of(String id, String dealId, String buyerId, long quantity) {
    return new Order(id, dealId, buyerId, quantity, false);
  }

  /**
   * The same order, whose caller vouches that its id was never sent before: mark it in the call
   * that sends it first, and nowhere else.
   */
  public Order asFirstAttempt() {
    return new Order(id, dealId, buyerId, quantity, true);
  }

  /** The same order, as a store keeps it: not marked as a first attempt. */
  public Order asPossibleRetry() {
    return firstAttempt ? of(id, dealId, buyerId, quantity) : this;
  }

  /** Whether both ask for the same: all but the attempt is equal. */
  public boolean sameContentAs(Order other) {
    return id.equals(other.id)
        && dealId.equals(other.dealId)
        && buyerId.equals(other.buyerId)
        && quantity == other.quantity;
  }

  /**
   * The deal of all these orders: what an adapter asks first of every call.
   *
   * @param orders at least one
   * @throws IllegalArgumentException if they are of more than one deal
   */
  public static String commonDealOf(List<Order> orders) {
    String dealId = orders.get(0).dealId();
    for (Order order : orders) {
      if (!order.dealId().equals(dealId)) {
        throw new IllegalArgumentException(
            "one call mixes deals " + dealId + " and " + order.dealId());
      }
    }
    return dealId;
  }
}
