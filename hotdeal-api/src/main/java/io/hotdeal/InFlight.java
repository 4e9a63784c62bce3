package io.hotdeal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is under way and not yet answered, up to a limit of number and of time. Thread-safe. */
final class InFlight {

  /**
   * How long work may take.
   *
   * @param ticker a monotonic clock in nanoseconds
   * @param timer has the times looked at, about eight times per time-out
   * @param executor looks, and runs what follows a future that it fails
   */
  record Timeout(
      Duration duration, LongSupplier ticker, ScheduledExecutorService timer, Executor executor) {}

  /** The caller's own future, and that the work is over; the caller is always told first. */
  private record Entry<T>(
      long startedAt,
      CompletableFuture<T> answer,
      CompletableFuture<Boolean> over,
      AtomicBoolean holdsSlot) {

    Entry(long startedAt) {
      this(
          startedAt, new CompletableFuture<>(), new CompletableFuture<>(), new AtomicBoolean(true));
    }

    void fail(HotDealException cause) {
      answer.completeExceptionally(cause);
    }
  }

  private static final int LOOKS_PER_TIMEOUT = 8;

  private final int max;
  private final @Nullable Timeout timeout;
  private final AtomicInteger count = new AtomicInteger();
  private final Set<Entry<?>> entries = ConcurrentHashMap.newKeySet();
  private final Object looks = new Object();
  private volatile @Nullable Future<?> nextLook;
  private volatile boolean closed;

  /** Work that may take as long as it needs. */
  InFlight(int max) {
    this(max, null);
  }

  /** Work that fails as unknown, and frees its slot, when its time is over; it may go on. */
  InFlight(int max, @Nullable Timeout timeout) {
    this.max = max;
    this.timeout = timeout;
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
    Entry<T> entry = enter();
    if (closed) {
      leave(entry);
      forget(entry);
      return refuse("closed");
    }
    lookLater();
    var unused =
        CompletableFuture.completedFuture(work)
            .thenCompose(Supplier::get)
            .whenComplete((result, broken) -> end(entry, result, broken));
    return entry.answer();
  }

  private <T> Entry<T> enter() {
    try {
      Entry<T> entry = new Entry<>(timeout == null ? 0 : timeout.ticker().getAsLong());
      entries.add(entry);
      return entry;
    } catch (RuntimeException | Error e) { // out of memory, say
      count.decrementAndGet();
      throw e;
    }
  }

  private <T> void end(Entry<T> entry, @Nullable T result, @Nullable Throwable broken) {
    leave(entry); // first: the answer may bring the next order at once
    if (broken == null) {
      entry.answer().complete(result);
    } else {
      entry.fail(Failures.of(broken));
    }
    forget(entry);
  }

  /** Whether it starts nothing more. */
  boolean isClosed() {
    return closed;
  }

  private void leave(Entry<?> entry) {
    if (entry.holdsSlot().compareAndSet(true, false)) {
      count.decrementAndGet();
    }
  }

  private void forget(Entry<?> entry) {
    entries.remove(entry);
    if (nextLook != null && count.get() == 0) {
      callLookOff();
    }
    entry.over().complete(true);
  }

  private static <T> CompletableFuture<T> refuse(String why) {
    return CompletableFuture.failedFuture(new NothingHappenedException("not started: " + why));
  }

  // time

  /** A look is due only while there is something to look at. */
  private void lookLater() {
    if (timeout == null || nextLook != null) {
      return;
    }
    synchronized (looks) {
      if (nextLook == null) {
        nextLook = schedule(timeout);
      }
    }
  }

  private @Nullable Future<?> schedule(Timeout limit) {
    try {
      long nanos = Math.max(1, limit.duration().toNanos() / LOOKS_PER_TIMEOUT);
      Runnable look = () -> limit.executor().execute(() -> look(limit));
      return limit.timer().schedule(look, nanos, TimeUnit.NANOSECONDS);
    } catch (RuntimeException | Error ended) {
      return null; // the timer has ended, and so will all that is under way
    }
  }

  private void look(Timeout limit) {
    long now = limit.ticker().getAsLong();
    for (Entry<?> entry : entries) {
      if (now - entry.startedAt() >= limit.duration().toNanos()) {
        expire(entry, limit);
      }
    }
    callLookOff();
  }

  /** Whoever entered meanwhile may have counted on it. */
  private void callLookOff() {
    synchronized (looks) {
      Future<?> look = nextLook;
      if (look != null) {
        look.cancel(false);
        nextLook = null;
      }
    }
    if (!entries.isEmpty()) {
      lookLater();
    }
  }

  private void expire(Entry<?> entry, Timeout limit) {
    leave(entry);
    entry.fail(
        new OutcomeUnknownException(
            "no result within " + limit.duration() + ", the limit; it may still come about"));
    forget(entry);
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
