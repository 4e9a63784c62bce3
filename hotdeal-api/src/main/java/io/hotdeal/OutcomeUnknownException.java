package io.hotdeal;

import org.jspecify.annotations.Nullable;

/**
 * A failure of a call that may or may not have taken effect: retry it with the same order id, never
 * with another.
 */
public final class OutcomeUnknownException extends HotDealException {

  private static final long serialVersionUID = 1L;

  public OutcomeUnknownException(String message) {
    super(message, null);
  }

  public OutcomeUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
