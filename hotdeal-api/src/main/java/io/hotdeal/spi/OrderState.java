package io.hotdeal.spi;

/** The state of an order id in the log, see docs/purchase.md. */
public enum OrderState {
  /** The log has no row for this id. Proves nothing about an attempt that is still under way. */
  ABSENT,
  /** Units are taken in the log; the payment is not yet decided. */
  RESERVED,
  /** Sold. Only a return changes it. */
  PAID,
  /** Never to be sold; also the state of a tombstone, which is written where there was no row. */
  CANCELLED,
  /** Units are taken in the log until the row's deadline, for a payment that is made elsewhere. */
  HELD,
  /** The hold's deadline passed without a payment; a late one may still sell the order. */
  EXPIRED,
  /** Was sold and is given back; its refund is not yet certain. */
  RETURNING,
  /** Was sold, given back and refunded. */
  RETURNED;

  /** Whether no later call can sell the order or change what was sold, but for a return. */
  public boolean isFinal() {
    return this == PAID || this == CANCELLED || isReturn();
  }

  /** Whether a sold order in this state was given back. */
  public boolean isReturn() {
    return this == RETURNING || this == RETURNED;
  }

  /** Whether an order in this state has units taken in the log. */
  public boolean takesUnits() {
    return this == RESERVED || this == HELD || this == PAID;
  }
}
