package io.hotdeal.internal.resilience;

import io.hotdeal.HotDealException;
import io.hotdeal.OutcomeUnknownException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Conversions of the failures of futures. */
public final class Failures {

  private Failures() {}

  /**
   * Returns the failure as a {@link HotDealException}, without the wrappers of futures; any other
   * exception becomes an {@link OutcomeUnknownException}.
   */
  public static HotDealException of(Throwable failure) {
    Throwable cause = failure;
    while (isWrapper(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof HotDealException known
        ? known
        : new OutcomeUnknownException("broke unexpectedly: " + cause, cause);
  }

  /** Waits for a future; throws its failure as a {@link HotDealException}. */
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
