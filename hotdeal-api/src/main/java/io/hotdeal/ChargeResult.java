package io.hotdeal;

import org.jspecify.annotations.Nullable;

/** The outcome of an order's charge, as the payment gateway reports it. */
public sealed interface ChargeResult {

  /**
   * The money is taken.
   *
   * @param paymentId identifies the payment, see {@link Ids}; null if the gateway has no ids. It is
   *     stored with a held order, so that a second payment is recognized
   */
  record Charged(@Nullable String paymentId) implements ChargeResult {

    public Charged {
      if (paymentId != null) {
        Ids.check("payment id", paymentId);
      }
    }

    /** The result of a gateway that has no ids of payments. */
    public Charged() {
      this(null);
    }
  }

  /** The money was not taken and never will be under this order's key. */
  record Declined(String reason) implements ChargeResult {}

  /**
   * The outcome is not known yet, such as after a time-out or a lost reply: neither charged nor
   * declined. Repeat the call with the same key.
   */
  record Unknown(String reason) implements ChargeResult {}
}
