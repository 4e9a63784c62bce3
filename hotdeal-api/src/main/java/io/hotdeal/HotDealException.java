package io.hotdeal;

import org.jspecify.annotations.Nullable;

/** Something broke. The type says which of two things is known about it. */
public abstract sealed class HotDealException extends RuntimeException
    permits NothingHappenedException, OutcomeUnknownException {

  private static final long serialVersionUID = 1L;

  HotDealException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
