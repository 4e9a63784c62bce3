package io.hotdeal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a deal, as its outbox keeps it: written in the transaction that made it happen.
 *
 * @param dealId the deal
 * @param sequence the place of the event among those of its deal: 1, 2, 3 and so on without a gap,
 *     in the order in which their transactions were committed
 * @param kind what happened
 * @param order the order that it happened to; null for {@link Kind#SOLD_OUT} and {@link
 *     Kind#REOPENED}
 * @param paymentId the payment that bought a held order, or that came too late for it; null if
 *     there is none, or if it is not known
 * @param at when, by the log's clock
 */
public record DealEvent(
    String dealId,
    long sequence,
    Kind kind,
    @Nullable Order order,
    @Nullable String paymentId,
    Instant at) {

  /** What can happen to a deal. */
  public enum Kind {
    /** An order became PAID: deliver it. */
    SOLD,
    /** An order that was in the log became CANCELLED: it was declined, refused or withdrawn. */
    CANCELLED,
    /** A hold became EXPIRED. A late payment may still sell the order, or cancel it. */
    EXPIRED,
    /** A sold order was given back; its refund may still be under way. */
    RETURNED,
    /** The last unit was taken. */
    SOLD_OUT,
    /** Units of a deal that had none left are on sale again. */
    REOPENED
  }
}
