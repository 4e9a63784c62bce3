package io.hotdeal;

/**
 * What became of an order.
 *
 * <p>{@link Placed}, {@link Declined} and {@link Refusal.Conflict} are verdicts, the same for every
 * later attempt of that id. The other {@linkplain Refusal refusals} took nothing and charged
 * nothing, and are not remembered.
 */
public sealed interface OrderResult permits OrderResult.Placed, OrderResult.Declined, Refusal {

  /**
   * Sold: a PAID row is in the log.
   *
   * @param remaining units left behind it when the log answered; may be old by the time it is read
   * @param replayed whether an earlier attempt had already placed it
   */
  record Placed(Order order, long remaining, boolean replayed) implements OrderResult {}

  /** Cancelled for good; to buy after all takes a new order id. */
  record Declined(String reason) implements OrderResult {}
}
