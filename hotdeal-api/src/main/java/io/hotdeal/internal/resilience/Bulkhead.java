package io.hotdeal.internal.resilience;

import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.OutcomeUnknownException;
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

/** A limit of the tasks under way at once, and of the time that each may take. Thread-safe. */
public final class Bulkhead {

  /**
   * The time-out of one task. A regular check, instead of a timer per task, detects it.
   *
   * @param ticker a monotonic clock in nanoseconds
   * @param timer starts the checks, about eight per time-out
   * @param executor runs the checks, and the stages that depend on the futures that they fail
   */
  public record Timeout(
      Duration duration, LongSupplier ticker, ScheduledExecutorService timer, Executor executor) {}

  /** One task: the caller's future, and a future that completes after it. */
  private record Admission<T>(
      long startedAt,
      CompletableFuture<T> answer,
      CompletableFuture<Boolean> over,
      AtomicBoolean holdsPermit) {

    Admission(long startedAt) {
      this(
          startedAt, new CompletableFuture<>(), new CompletableFuture<>(), new AtomicBoolean(true));
    }

    void fail(HotDealException cause) {
      answer.completeExceptionally(cause);
    }
  }

  private static final int CHECKS_PER_TIMEOUT = 8;

  private final int max;
  private final @Nullable Timeout timeout;
  private final AtomicInteger count = new AtomicInteger();
  private final Set<Admission<?>> entries = ConcurrentHashMap.newKeySet();
  private final Object checks = new Object();
  private volatile @Nullable Future<?> nextCheck;
  private volatile boolean closed;

  /** Creates a bulkhead without a time-out. */
  public Bulkhead(int max) {
    this(max, null);
  }

  /**
   * Creates a bulkhead whose tasks fail with {@link OutcomeUnknownException}, and release their
   * permits, after the time-out.
   */
  public Bulkhead(int max, @Nullable Timeout timeout) {
    this.max = max;
    this.timeout = timeout;
  }

  /**
   * Starts a task, if the limit allows it.
   *
   * @return completes as the task does; cancelling it does not cancel the task. If the limit is
   *     reached or the bulkhead is closed, the task is not started, and this fails with {@link
   *     NothingHappenedException}
   */
  public <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> work) {
    if (count.incrementAndGet() > max) {
      count.decrementAndGet();
      return refuse(max + " are under way already, the limit");
    }
    Admission<T> entry = enter();
    if (closed) {
      leave(entry);
      forget(entry);
      return refuse("closed");
    }
    scheduleCheck();
    var unused =
        CompletableFuture.completedFuture(work)
            .thenCompose(Supplier::get)
            .whenComplete((result, broken) -> end(entry, result, broken));
    return entry.answer();
  }

  private <T> Admission<T> enter() {
    try {
      Admission<T> entry = new Admission<>(timeout == null ? 0 : timeout.ticker().getAsLong());
      entries.add(entry);
      return entry;
    } catch (RuntimeException | Error e) { // such as OutOfMemoryError
      count.decrementAndGet();
      throw e;
    }
  }

  private <T> void end(Admission<T> entry, @Nullable T result, @Nullable Throwable broken) {
    leave(entry); // first: the caller may submit the next order as soon as it has this result
    if (broken == null) {
      entry.answer().complete(result);
    } else {
      entry.fail(Failures.of(broken));
    }
    forget(entry);
  }

  /** Whether the bulkhead is closed. */
  public boolean isClosed() {
    return closed;
  }

  private void leave(Admission<?> entry) {
    if (entry.holdsPermit().compareAndSet(true, false)) {
      count.decrementAndGet();
    }
  }

  private void forget(Admission<?> entry) {
    entries.remove(entry);
    if (nextCheck != null && count.get() == 0) {
      cancelCheck();
    }
    entry.over().complete(true);
  }

  private static <T> CompletableFuture<T> refuse(String why) {
    return CompletableFuture.failedFuture(new NothingHappenedException("not started: " + why));
  }

  // time-outs

  /** Schedules the next check, if there is none. Checks run only while tasks are under way. */
  private void scheduleCheck() {
    if (timeout == null || nextCheck != null) {
      return;
    }
    synchronized (checks) {
      if (nextCheck == null) {
        nextCheck = schedule(timeout);
      }
    }
  }

  private @Nullable Future<?> schedule(Timeout limit) {
    try {
      long nanos = Math.max(1, limit.duration().toNanos() / CHECKS_PER_TIMEOUT);
      Runnable check = () -> limit.executor().execute(() -> check(limit));
      return limit.timer().schedule(check, nanos, TimeUnit.NANOSECONDS);
    } catch (RuntimeException | Error ended) {
      return null; // the timer is shut down: the HotDeal is being closed, which ends all tasks
    }
  }

  private void check(Timeout limit) {
    long now = limit.ticker().getAsLong();
    for (Admission<?> entry : entries) {
      if (now - entry.startedAt() >= limit.duration().toNanos()) {
        expire(entry, limit);
      }
    }
    cancelCheck();
  }

  /** Cancels the next check, and schedules a new one if tasks are under way. */
  private void cancelCheck() {
    synchronized (checks) {
      Future<?> check = nextCheck;
      if (check != null) {
        check.cancel(false);
        nextCheck = null;
      }
    }
    if (!entries.isEmpty()) {
      scheduleCheck();
    }
  }

  private void expire(Admission<?> entry, Timeout limit) {
    leave(entry);
    entry.fail(
        new OutcomeUnknownException(
            "no result within " + limit.duration() + ", the limit; it may still come about"));
    forget(entry);
  }

  /**
   * Starts no more tasks, waits for those under way, and fails the rest.
   *
   * @param end when to stop waiting, as {@link System#nanoTime}
   * @param failure creates the failure of one task
   */
  public void close(long end, Supplier<HotDealException> failure) {
    closed = true;
    CompletableFuture<?>[] rest =
        entries.stream().map(Admission::over).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(rest).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("this future never fails", e);
    } catch (TimeoutException e) {
      // the rest is failed below
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    entries.forEach(entry -> entry.fail(failure.get()));
  }
}
