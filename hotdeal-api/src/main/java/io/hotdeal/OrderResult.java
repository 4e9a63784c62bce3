package io.hotdeal;

/**
 * The result of an order.
 *
 * <p>{@link Placed}, {@link Declined} and {@link Refusal.Conflict} are final: every later attempt
 * of that id gets the same. After the other {@linkplain Refusal refusals} nothing was taken,
 * charged or stored, so the same order may be sent again.
 */
public sealed interface OrderResult permits OrderResult.Placed, OrderResult.Declined, Refusal {

  /**
   * Sold: a PAID row is in the log.
   *
   * @param remaining units left in the log after this attempt; may be out of date when it is read
   * @param replayed whether an earlier attempt had already placed it
   */
  record Placed(Order order, long remaining, boolean replayed) implements OrderResult {}

  /**
   * Cancelled permanently; a new attempt to buy needs a new order id.
   *
   * @param reason why, as the gateway or the library puts it
   */
  record Declined(String reason) implements OrderResult {}
}
