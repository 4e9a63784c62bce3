package io.hotdeal;

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

  /** The caller's own future, and that the work is over; the caller is always told first. */
  private record Entry<T>(CompletableFuture<T> answer, CompletableFuture<Boolean> over) {

    Entry() {
      this(new CompletableFuture<>(), new CompletableFuture<>());
    }

    void fail(HotDealException cause) {
      answer.completeExceptionally(cause);
    }
  }

  private final int max;
  private final AtomicInteger count = new AtomicInteger();
  private final Set<Entry<?>> entries = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  InFlight(int max) {
    this.max = max;
  }

  /**
   * Starts work, if there is room for it.
   *
   * @return the caller's own future, which ends as the work does; what its caller does to it ends
   *     nothing here. Fails with {@link NothingHappenedException}, and the work is not started, at
   *     the limit or once closed
   */
  <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> work) {
    if (count.incrementAndGet() > max) {
      count.decrementAndGet();
      return refuse(max + " are under way already, the limit");
    }
    Entry<T> entry = new Entry<>();
    entries.add(entry);
    if (closed) {
      count.decrementAndGet();
      forget(entry);
      return refuse("closed");
    }
    var unused =
        CompletableFuture.completedFuture(work)
            .thenCompose(Supplier::get)
            .whenComplete(
                (result, broken) -> {
                  count.decrementAndGet(); // first: the answer may bring the next order at once
                  if (broken == null) {
                    entry.answer().complete(result);
                  } else {
                    entry.fail(Failures.of(broken));
                  }
                  forget(entry);
                });
    return entry.answer();
  }

  /** Whether it starts nothing more. */
  boolean isClosed() {
    return closed;
  }

  private void forget(Entry<?> entry) {
    entries.remove(entry);
    entry.over().complete(true);
  }

  private static <T> CompletableFuture<T> refuse(String why) {
    return CompletableFuture.failedFuture(new NothingHappenedException("not started: " + why));
  }

  /**
   * Starts nothing more; waits for what is under way, and fails the rest.
   *
   * @param end when to wait no longer, as {@link System#nanoTime}
   */
  void close(long end, Supplier<HotDealException> failure) {
    closed = true;
    CompletableFuture<?>[] rest =
        entries.stream().map(Entry::over).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(rest).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("work ends, it never fails here", e);
    } catch (TimeoutException e) {
      // those out of time are told below
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    entries.forEach(entry -> entry.fail(failure.get()));
  }
}
