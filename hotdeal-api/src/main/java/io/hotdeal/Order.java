package io.hotdeal;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
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
 * @param payWithin how long the order's units are held for a payment that is made elsewhere, 1 ms
 *     to 30 days, or zero for an order that is paid while it is placed. Truncated to the
 *     millisecond. Not part of the order's content
 */
public record Order(
    String id,
    String dealId,
    String buyerId,
    long quantity,
    boolean firstAttempt,
    Duration payWithin)
    implements OrderKey {

  public Order {
    Ids.check("order id", id);
    Ids.check("deal id", dealId);
    Ids.check("buyer id", buyerId);
    Units.check("quantity of order " + id, quantity);
    if (!payWithin.isZero()) {
      payWithin = payWithin.truncatedTo(ChronoUnit.MILLIS);
      Deal.checkHold("payWithin of order " + id, payWithin);
    }
  }

  /** Creates an order that may be a retry, which is always safe. */
  public static Order of(String id, String dealId, String buyerId, long quantity) {
    return new Order(id, dealId, buyerId, quantity, false, Duration.ZERO);
  }

  /**
   * The same order, marked as never sent before. Only for the call that sends the id first: a retry
   * with this mark may be refused although an earlier attempt succeeded.
   */
  public Order asFirstAttempt() {
    return new Order(id, dealId, buyerId, quantity, true, payWithin);
  }

  /** The same order, whose units are held for so long; zero for an order that is paid at once. */
  public Order withPayWithin(Duration duration) {
    return new Order(id, dealId, buyerId, quantity, firstAttempt, duration);
  }

  /** The same order without the mark of a first attempt and without a time, as stores keep it. */
  public Order asPossibleRetry() {
    return firstAttempt || isHold() ? of(id, dealId, buyerId, quantity) : this;
  }

  /** Whether the order is to be paid elsewhere, within {@link #payWithin}. */
  public boolean isHold() {
    return !payWithin.isZero();
  }

  /** Whether both are equal in everything but {@code firstAttempt} and {@code payWithin}. */
  public boolean sameContentAs(Order other) {
    return id.equals(other.id)
        && dealId.equals(other.dealId)
        && buyerId.equals(other.buyerId)
        && quantity == other.quantity;
  }

  /**
   * The id of the one deal of all these orders; for adapters, which check each call by it.
   *
   * @param orders at least one order, payment or extension
   * @throws IllegalArgumentException if they are of more than one deal
   */
  public static String commonDealOf(List<? extends OrderKey> orders) {
    String dealId = orders.get(0).dealId();
    for (OrderKey order : orders) {
      if (!order.dealId().equals(dealId)) {
        throw new IllegalArgumentException(
            "one call mixes deals " + dealId + " and " + order.dealId());
      }
    }
    return dealId;
  }
}
