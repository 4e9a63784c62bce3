package io.hotdeal.redis;

import java.time.Duration;

/** Checks time-outs: none at all would be a call that never ends. */
final class TimeoutCheck {

  private TimeoutCheck() {}

  /** Whole milliseconds, 1 to {@link Integer#MAX_VALUE}. */
  static int millis(Duration timeout) {
    if (timeout.compareTo(Duration.ofMillis(1)) < 0
        || timeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(
          "timeout " + timeout + " is not within 1 and " + Integer.MAX_VALUE + " ms");
    }
    return (int) timeout.toMillis();
  }
}
