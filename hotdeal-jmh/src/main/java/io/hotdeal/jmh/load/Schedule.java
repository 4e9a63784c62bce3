package io.hotdeal.jmh.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** When orders are due: at a steady rate, from the window's beginning to its end. */
final class Schedule {

  private final double nanosBetween;
  private final int mostWaiting;
  private final AtomicLong next = new AtomicLong();

  /**
   * A schedule that was not begun.
   *
   * @param mostWaiting an order that is due behind so many others is dropped
   */
  Schedule(double perSecond, int mostWaiting) {
    this.nanosBetween = 1e9 / perSecond;
    this.mostWaiting = mostWaiting;
  }

  int mostWaiting() {
    return mostWaiting;
  }

  /** When the next order that nobody has taken is due. */
  long take(Window window) {
    return window.begins() + (long) (next.getAndIncrement() * nanosBetween);
  }

  /** Whether an order is so late that too many wait behind it. */
  boolean isHopeless(long dueAt, long now) {
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
