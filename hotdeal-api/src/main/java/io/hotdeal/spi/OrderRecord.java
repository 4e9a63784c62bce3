package io.hotdeal.spi;

import io.hotdeal.Order;
import java.time.Instant;

/**
 * A row of the log.
 *
 * @param order the order as it was written, not marked as a first attempt
 * @param state never {@link OrderState#ABSENT}
 * @param recordedAt when the row was written, by the log's clock
 */
public record OrderRecord(Order order, OrderState state, Instant recordedAt) {

  /** Whether this row is of the same order and has taken its units: it is RESERVED or PAID. */
  public boolean takesUnitsOf(Order claimed) {
    return order.sameContentAs(claimed) && state != OrderState.CANCELLED;
  }
}
