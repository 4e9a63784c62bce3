package io.hotdeal;

/**
 * What became of an order. A refusal is a value: it took nothing and charged nothing.
 *
 * <p>{@link Placed}, {@link Declined} and {@link Conflict} are verdicts, the same for every later
 * attempt of that id. The others say how it stands now and are not remembered: the same id may be
 * sent again.
 */
public sealed interface OrderResult {

  /**
   * Sold: a PAID row is in the log.
   *
   * @param remaining units left behind it when the log answered; may be old by the time it is read
   * @param replayed whether an earlier attempt had already placed it
   */
  record Placed(Order order, long remaining, boolean replayed) implements OrderResult {}

  /**
   * Fewer units are left than the order wants.
   *
   * @param remaining what is left: 0 when nothing is
   */
  record SoldOut(long remaining) implements OrderResult {}

  /** The order would take its buyer past the deal's limit of {@code limit} units. */
  record LimitReached(long limit) implements OrderResult {}

  /** The deal does not sell yet. */
  record NotYetOpen() implements OrderResult {}

  /** The deal no longer sells. */
  record Closed() implements OrderResult {}

  /** No such deal, neither in the counter nor in the log. */
  record UnknownDeal() implements OrderResult {}

  /** Cancelled for good; to buy after all takes a new order id. */
  record Declined(String reason) implements OrderResult {}

  /** The id belongs to an order with another buyer or quantity. */
  record Conflict() implements OrderResult {}
}
