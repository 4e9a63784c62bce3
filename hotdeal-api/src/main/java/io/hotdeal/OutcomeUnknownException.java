package io.hotdeal;

import org.jspecify.annotations.Nullable;

/** The call may or may not have taken effect: ask again with the same order id, never another. */
public final class OutcomeUnknownException extends HotDealException {

  private static final long serialVersionUID = 1L;

  public OutcomeUnknownException(String message) {
    super(message, null);
  }

  public OutcomeUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
