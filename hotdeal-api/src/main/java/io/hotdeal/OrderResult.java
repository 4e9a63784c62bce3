package io.hotdeal;

import io.hotdeal.spi.OrderState;
import java.time.Instant;

/**
 * The result of an order, or of a step of a held one.
 *
 * <p>{@link Placed}, {@link Declined}, {@link Returned} and {@link Refusal.Conflict} are final:
 * every later attempt of that id gets the same, unless a placed order is returned. After the other
 * {@linkplain Refusal refusals} nothing was taken, charged or stored, so the same order may be sent
 * again.
 */
public sealed interface OrderResult
    permits OrderResult.Placed,
        OrderResult.Held,
        OrderResult.Expired,
        OrderResult.Declined,
        OrderResult.PaymentRefused,
        OrderResult.Returned,
        Refusal {

  /**
   * Sold: a PAID row is in the log.
   *
   * @param remaining units left in the log after this attempt; may be out of date when it is read
   * @param replayed whether an earlier attempt had already placed it
   */
  record Placed(Order order, long remaining, boolean replayed) implements OrderResult {}

  /**
   * The order's units are held for a payment that is made elsewhere: a HELD row is in the log.
   *
   * @param until the deadline, by the log's clock. A payment before it buys the order for certain
   * @param remaining units left in the log after this attempt; may be out of date when it is read
   * @param replayed whether an earlier attempt had already held it
   */
  record Held(Order order, Instant until, long remaining, boolean replayed)
      implements OrderResult {}

  /**
   * The hold's deadline passed without a payment, and its units are on sale again. A payment that
   * is confirmed nevertheless buys the order if there are units left; a new attempt to buy needs a
   * new order id.
   *
   * @param until the deadline that passed, by the log's clock
   */
  record Expired(Order order, Instant until) implements OrderResult {}

  /**
   * A payment that buys nothing: it came too late and nothing is left, the order was cancelled, or
   * another payment has bought it already. Final for this payment.
   *
   * @param paymentId the payment that was confirmed
   * @param state the state of the order: CANCELLED, or sold by another payment
   * @param refunded whether the gateway has refunded this payment; false only without a gateway,
   *     see {@link PaymentGateway#none}: then refund it yourself
   */
  record PaymentRefused(Order order, String paymentId, OrderState state, boolean refunded)
      implements OrderResult {}

  /**
   * Was sold, and was given back: see {@link HotDeal#giveBack}. A new attempt to buy needs a new
   * order id.
   *
   * @param complete whether everything about it is done; false while the resolver still has to see
   *     to the refund, or to the counter, which may refuse the buyer for a limit meanwhile
   */
  record Returned(Order order, boolean complete) implements OrderResult {}

  /**
   * Cancelled permanently; a new attempt to buy needs a new order id.
   *
   * @param reason why, as the gateway or the library puts it
   */
  record Declined(String reason) implements OrderResult {}
}
