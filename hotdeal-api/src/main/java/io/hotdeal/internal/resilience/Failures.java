package io.hotdeal.internal.resilience;

import io.hotdeal.DealConflictException;
import io.hotdeal.HotDealException;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.UnknownDealException;
import io.hotdeal.spi.DealBusyException;
import io.hotdeal.spi.PartialFailureException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

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

  /**
   * The failure of the store in a call that failed for some of its deals; null if it answered for
   * all of them.
   */
  public static @Nullable HotDealException ofStore(PartialFailureException partial) {
    return partial.failures().values().stream()
        .filter(failure -> !isAnswer(failure))
        .findFirst()
        .orElse(null);
  }

  /** Whether the failure is the answer of a store that works. */
  static boolean isAnswer(Throwable failure) {
    return failure instanceof UnknownDealException
        || failure instanceof DealConflictException
        || failure instanceof DealBusyException;
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
