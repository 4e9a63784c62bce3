package io.hotdeal.internal.resilience;

import io.hotdeal.HotDealException;
import io.hotdeal.OutcomeUnknownException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Converts what a future failed with. */
public final class Failures {

  private Failures() {}

  /** The failure as a {@link HotDealException}; what cannot be classified is unknown. */
  public static HotDealException of(Throwable failure) {
    Throwable cause = failure;
    while (isWrapper(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof HotDealException known
        ? known
        : new OutcomeUnknownException("broke unexpectedly: " + cause, cause);
  }

  /** Waits for a future; throws what it failed with. */
  public static <T> T join(CompletableFuture<T> future) {
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
