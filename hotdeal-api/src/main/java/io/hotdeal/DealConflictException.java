package io.hotdeal;

/** A deal of this id is open with other terms. Nothing was changed. */
public final class DealConflictException extends NothingHappenedException {

  private static final long serialVersionUID = 1L;

  /**
   * Names both deals.
   *
   * @param store the store that refused, such as {@code "log"}
   */
  public DealConflictException(String store, Deal standing, Deal offered) {
    super("the " + store + " has " + standing + ", which differs from " + offered);
  }
}
