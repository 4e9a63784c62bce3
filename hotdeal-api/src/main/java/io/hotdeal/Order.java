package io.hotdeal;

import java.util.List;

/**
 * One buyer's request, identified by an id that the caller creates before the first attempt.
 *
 * <p>The id is the idempotency key: every retry carries the same one. The same id with another
 * buyer or quantity is refused as {@link Refusal.Conflict}. The constructor and the factory methods
 * throw {@link IllegalArgumentException} for an invalid id or quantity.
 *
 * @param id the order id, unique within its deal, see {@link Ids}
 * @param dealId the id of the deal
 * @param buyerId the id of the buyer, to which the deal's limit per buyer applies
 * @param quantity the units wanted, all or none, 1 to {@link Units#MAX}
 * @param firstAttempt whether this id was never sent before. Only such an order may be refused
 *     without a look-up in the log: an earlier attempt of a retry may have succeeded. Not part of
 *     the order's content, see {@link #sameContentAs}
 */
public record Order(String id, String dealId, String buyerId, long quantity, boolean firstAttempt) {

  public Order {
    Ids.check("order id", id);
    Ids.check("deal id", dealId);
    Ids.check("buyer id", buyerId);
    Units.check("quantity of order " + id, quantity);
  }

  /** Creates an order that may be a retry, which is always safe. */
  public static Order of(String id, String dealId, String buyerId, long quantity) {
    return new Order(id, dealId, buyerId, quantity, false);
  }

  /**
   * The same order, marked as never sent before. Only for the call that sends the id first: a retry
   * with this mark may be refused although an earlier attempt succeeded.
   */
  public Order asFirstAttempt() {
    return new Order(id, dealId, buyerId, quantity, true);
  }

  /** The same order without the mark of a first attempt, as stores keep it. */
  public Order asPossibleRetry() {
    return firstAttempt ? of(id, dealId, buyerId, quantity) : this;
  }

  /** Whether both are equal in everything but {@code firstAttempt}. */
  public boolean sameContentAs(Order other) {
    return id.equals(other.id)
        && dealId.equals(other.dealId)
        && buyerId.equals(other.buyerId)
        && quantity == other.quantity;
  }

  /**
   * The id of the one deal of all these orders; for adapters, which check each call by it.
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
