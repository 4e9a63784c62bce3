package io.hotdeal.jmh.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

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

  /** A window that begins after that time, for processes that share this one's wall clock. */
  static Message message(Duration toBegin, Duration leadIn, Duration time) {
    return new Message()
        .with("begins", System.currentTimeMillis() + toBegin.toMillis())
        .with("leadIn", leadIn.toNanos())
        .with("time", time.toNanos());
  }

  static Window of(Message message) {
    long toBegin = message.number("begins") - System.currentTimeMillis();
    long begins = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(toBegin);
    long counts = begins + message.number("leadIn");
    return new Window(begins, counts, counts + message.number("time"));
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
