package io.hotdeal;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
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

  /** Waits for a future; throws what it failed with. */
  static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException | CancellationException e) {
      throw of(e);
    }
  }

  private static boolean isWrapper(Throwable failure) {
    return failure instanceof CompletionException || failure instanceof ExecutionException;
  }
}
