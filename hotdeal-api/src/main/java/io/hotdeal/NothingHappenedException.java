package io.hotdeal;

import org.jspecify.annotations.Nullable;

/** The call had no effect, for certain: it is safe to try again, here or elsewhere. */
public non-sealed class NothingHappenedException extends HotDealException {

  private static final long serialVersionUID = 1L;

  public NothingHappenedException(String message) {
    super(message, null);
  }

  public NothingHappenedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
