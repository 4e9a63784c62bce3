package io.hotdeal.jmh.load;

import java.time.Duration;

/**
 * The times of one round, in {@link System#nanoTime}.
 *
 * @param begins the first order is sent
 * @param counts answers are counted from here on; before, pools fill and caches warm up
 * @param ends no order is sent any more
 */
record Window(long begins, long counts, long ends) {

  static Window startingNow(Duration leadIn, Duration time) {
    long now = System.nanoTime();
    long counts = now + leadIn.toNanos();
    return new Window(now, counts, counts + time.toNanos());
  }

  boolean isOpen(long at) {
    return at - ends < 0;
  }

  boolean includes(long at) {
    return at - counts >= 0 && at - ends < 0;
  }

  double seconds() {
    return (ends - counts) / 1e9;
  }
}
