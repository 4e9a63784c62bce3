package io.hotdeal;

/** What a payment gateway says of an order's charge. */
public sealed interface ChargeResult {

  /** The money is taken. */
  record Charged() implements ChargeResult {}

  /** The money was not taken and never will be under this key. */
  record Declined(String reason) implements ChargeResult {}

  /**
   * Nobody knows yet: a time-out, a lost reply. Neither yes nor no; ask again with the same key.
   */
  record Unknown(String reason) implements ChargeResult {}
}
