package io.hotdeal.spi;

import io.hotdeal.Order;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log.
 *
 * @param order the order as it was written, not marked as a first attempt
 * @param state never {@link OrderState#ABSENT}
 * @param recordedAt when the row was written, by the log's clock
 * @param until until when the units are held, by the log's clock; null for an order that was never
 *     held
 * @param paymentId the payment that bought a held order, or that came too late for it; null if
 *     there is none, or if nobody named it
 */
public record OrderRecord(
    Order order,
    OrderState state,
    Instant recordedAt,
    @Nullable Instant until,
    @Nullable String paymentId) {

  /** A row of an order that was never held. */
  public OrderRecord(Order order, OrderState state, Instant recordedAt) {
    this(order, state, recordedAt, null, null);
  }

  /** Whether this row is of the same order and has taken its units. */
  public boolean takesUnitsOf(Order claimed) {
    return order.sameContentAs(claimed) && state.takesUnits();
  }

  /** Whether it is HELD, and its deadline has passed at {@code now}. */
  public boolean isOverdueAt(Instant now) {
    return state == OrderState.HELD && until != null && !until.isAfter(now);
  }
}
