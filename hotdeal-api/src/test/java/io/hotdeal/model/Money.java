package io.hotdeal.model;

/** The payment of an order at the gateway, under its key: decided once and for good. */
enum Money {
  /** No charge arrived yet. */
  UNDECIDED,
  /** The money is taken. */
  CHARGED,
  /** Declined or voided: no money will ever be taken under this key. */
  NEVER,
  /** Charged and refunded; a repeated charge is answered as the first one: Charged. */
  REFUNDED;

  static final Money[] ALL = values();

  /**
   * Whether the gateway answers Charged to a charge or a status query: its first decision is final.
   */
  boolean saysCharged() {
    return this == CHARGED || this == REFUNDED;
  }
}
