package io.hotdeal;

import java.time.Duration;

/** Argument checks, whose messages name the value and the limits. */
final class Ranges {

  private Ranges() {}

  static int check(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + " " + value + " is not within " + min + " and " + max);
    }
    return value;
  }

  static Duration check(String what, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          what + " " + value + " is not within " + min + " and " + max);
    }
    return value;
  }
}
