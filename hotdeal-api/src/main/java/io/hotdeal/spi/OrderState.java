package io.hotdeal.spi;

/** The state of an order id in the log. Only {@link #PAID} and {@link #CANCELLED} are final. */
public enum OrderState {
  /** The log has no row for this id. Proves nothing about an attempt that is still under way. */
  ABSENT,
  /** Units are taken in the log; the payment is not yet decided. */
  RESERVED,
  /** Sold. */
  PAID,
  /** Never to be sold; also the state of a tombstone, which is written where there was no row. */
  CANCELLED,
  /** Units are taken in the log until the row's deadline, for a payment that is made elsewhere. */
  HELD,
  /** The hold's deadline passed without a payment; a late one may still sell the order. */
  EXPIRED;

  /** Whether no later call can change this state. */
  public boolean isFinal() {
    return this == PAID || this == CANCELLED;
  }

  /** Whether an order in this state has units taken in the log. */
  public boolean takesUnits() {
    return this == RESERVED || this == HELD || this == PAID;
  }
}
