package io.hotdeal.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** Waits of the harness. */
final class Wait {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Wait() {}

  /** Returns once the condition holds; one that throws does not hold yet. */
  static void until(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .ignoreExceptions()
        .until(condition);
  }

  /** Completes after the time. */
  static CompletableFuture<Boolean> later(long millis) {
    return new CompletableFuture<Boolean>().completeOnTimeout(true, millis, TimeUnit.MILLISECONDS);
  }

  /** Lets the load continue for a time: sets the amount of load, and synchronises nothing. */
  static void load(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left));
    }
  }
}
