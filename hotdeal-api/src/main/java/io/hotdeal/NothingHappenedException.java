package io.hotdeal;

import org.jspecify.annotations.Nullable;

/**
 * A failure of a call that certainly had no effect: it is safe to retry, here or on another
 * instance.
 */
public non-sealed class NothingHappenedException extends HotDealException {

  private static final long serialVersionUID = 1L;

  public NothingHappenedException(String message) {
    super(message, null);
  }

  public NothingHappenedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
