package io.hotdeal.model;

/** What the gateway keeps under an order's key: decided once, for ever. */
enum Money {
  /** No charge arrived yet. */
  UNDECIDED,
  /** The money is taken. */
  CHARGED,
  /** Declined or voided: it never will be taken under this key. */
  NEVER,
  /** Taken and given back; whoever charges again is answered as the first time: Charged. */
  REFUNDED;

  static final Money[] ALL = values();

  /** What the gateway answers to a charge or a question: the first verdict stands. */
  boolean saysCharged() {
    return this == CHARGED || this == REFUNDED;
  }
}
