package io.hotdeal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What is under way and not yet answered, up to a limit. Thread-safe. */
final class InFlight {

  private final int max;
  private final AtomicInteger count = new AtomicInteger();
  private final Set<CompletableFuture<?>> futures = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  InFlight(int max) {
    this.max = max;
  }

  /**
   * Starts work, if there is room for it.
   *
   * @return the caller's own future, which ends as the work does; fails with {@link
   *     NothingHappenedException}, and the work is not started, at the limit or once closed
   */
  <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> work) {
    if (count.incrementAndGet() > max) {
      count.decrementAndGet();
      return refuse(max + " are under way already, the limit");
    }
    CompletableFuture<T> outcome = new CompletableFuture<>();
    futures.add(outcome);
    if (closed) {
      ended(outcome);
      return refuse("closed");
    }
    var unused =
        CompletableFuture.completedFuture(work)
            .thenCompose(Supplier::get)
            .whenComplete(
                (result, broken) -> {
                  ended(outcome);
                  if (broken == null) {
                    outcome.complete(result);
                  } else {
                    outcome.completeExceptionally(Failures.of(broken));
                  }
                });
    return outcome.copy(); // what its caller does to it ends nothing here
  }

  @SuppressWarnings("CollectionUndefinedEquality") // told apart by identity, which is meant
  private void ended(CompletableFuture<?> outcome) {
    futures.remove(outcome);
    count.decrementAndGet();
  }

  private static <T> CompletableFuture<T> refuse(String why) {
    return CompletableFuture.failedFuture(new NothingHappenedException("not started: " + why));
  }

  /** Starts nothing more; waits for what is under way, at most so long, and fails the rest. */
  void close(Duration limit, Supplier<HotDealException> failure) {
    closed = true;
    CompletableFuture<?>[] rest = futures.toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(rest).get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Whoever waits for the failed ones was told; those out of time are told below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    futures.forEach(outcome -> outcome.completeExceptionally(failure.get()));
  }
}
