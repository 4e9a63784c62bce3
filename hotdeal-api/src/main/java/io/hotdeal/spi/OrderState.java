package io.hotdeal.spi;

/** What the log says of an order id. Only {@link #PAID} and {@link #CANCELLED} are for ever. */
public enum OrderState {
  /** The log has no row for this id. Proves nothing about an attempt that is still under way. */
  ABSENT,
  /** Units are taken in the log; the payment is not yet decided. */
  RESERVED,
  /** Sold. */
  PAID,
  /** Never will be sold; also the state of a tombstone, written before any row was there. */
  CANCELLED;

  /** Whether no later call can change it. */
  public boolean isFinal() {
    return this == PAID || this == CANCELLED;
  }
}
