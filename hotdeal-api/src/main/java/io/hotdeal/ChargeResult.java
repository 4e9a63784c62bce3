package io.hotdeal;

/** The outcome of an order's charge, as the payment gateway reports it. */
public sealed interface ChargeResult {

  /** The money is taken. */
  record Charged() implements ChargeResult {}

  /** The money was not taken and never will be under this order's key. */
  record Declined(String reason) implements ChargeResult {}

  /**
   * The outcome is not known yet, such as after a time-out or a lost reply: neither charged nor
   * declined. Repeat the call with the same key.
   */
  record Unknown(String reason) implements ChargeResult {}
}
