package io.hotdeal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Reads what a future failed with. */
final class Failures {

  private Failures() {}

  /** The failure as one of the family; what cannot be classified is unknown. */
  static HotDealException of(Throwable failure) {
    Throwable cause = failure;
    while (isWrapper(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof HotDealException known
        ? known
        : new OutcomeUnknownException("broke unexpectedly: " + cause, cause);
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof CompletionException || failure instanceof ExecutionException;
  }
}
