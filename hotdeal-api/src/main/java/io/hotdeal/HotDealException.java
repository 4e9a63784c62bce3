package io.hotdeal;

import org.jspecify.annotations.Nullable;

/** A failure of a call. The subtype tells whether the call may have had an effect. */
public abstract sealed class HotDealException extends RuntimeException
    permits NothingHappenedException, OutcomeUnknownException {

  private static final long serialVersionUID = 1L;

  HotDealException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
