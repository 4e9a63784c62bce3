package io.hotdeal.spi;

import io.hotdeal.NothingHappenedException;

/**
 * The answer of a store that does not wait for one deal in a call of several: another transaction
 * has it locked. Nothing happened to the orders of this deal; a call of this deal alone waits for
 * it.
 */
public final class DealBusyException extends NothingHappenedException {

  private static final long serialVersionUID = 1L;

  public DealBusyException(String dealId) {
    super("deal " + dealId + " is locked by another transaction: call it alone");
  }
}
