package io.hotdeal.redis;

import java.time.Duration;

/** A check of time-outs. 0 is refused, because clients take it for no time-out. */
final class TimeoutCheck {

  private TimeoutCheck() {}

  /**
   * The time-out in whole milliseconds.
   *
   * @throws IllegalArgumentException if it is not within 1 and {@link Integer#MAX_VALUE} ms
   */
  static int millis(Duration timeout) {
    if (timeout.compareTo(Duration.ofMillis(1)) < 0
        || timeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(
          "timeout " + timeout + " is not within 1 and " + Integer.MAX_VALUE + " ms");
    }
    return (int) timeout.toMillis();
  }
}
