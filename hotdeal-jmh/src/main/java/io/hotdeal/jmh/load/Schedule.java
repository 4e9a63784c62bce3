package io.hotdeal.jmh.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The times at which the orders of an open loop are due: at a constant rate. Thread-safe. */
final class Schedule {

  private final double nanosBetween;
  private final int mostWaiting;
  private final AtomicLong next = new AtomicLong();

  /**
   * A schedule from its first order on.
   *
   * @param mostWaiting orders that may wait for a thread; one more is dropped
   */
  Schedule(double perSecond, int mostWaiting) {
    this.nanosBetween = 1e9 / perSecond;
    this.mostWaiting = mostWaiting;
  }

  int mostWaiting() {
    return mostWaiting;
  }

  /** Takes the next order; returns when it is due. */
  long take(Window window) {
    return window.begins() + (long) (next.getAndIncrement() * nanosBetween);
  }

  /** Whether an order is so late that it is to be dropped. */
  boolean isTooLate(long dueAt, long now) {
    return now - dueAt > mostWaiting * nanosBetween;
  }

  /** Returns at that time, or a little later. */
  static void waitUntil(long at) throws InterruptedException {
    for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
