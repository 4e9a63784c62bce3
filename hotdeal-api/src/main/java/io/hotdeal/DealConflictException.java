package io.hotdeal;

/**
 * A failure to open a deal whose id is taken by a deal with other terms. The store that reports it
 * was not changed.
 */
public final class DealConflictException extends NothingHappenedException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the failure.
   *
   * @param store the store that refused, such as {@code "log"}
   * @param standing the deal that the store has
   * @param offered the deal that was refused
   */
  public DealConflictException(String store, Deal standing, Deal offered) {
    super("the " + store + " has " + standing + ", which differs from " + offered);
  }
}
