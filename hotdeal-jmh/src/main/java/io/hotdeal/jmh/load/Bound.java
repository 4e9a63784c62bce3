package io.hotdeal.jmh.load;

/**
 * A limit that a ratio has to keep.
 *
 * @param isLeast whether it is the least allowed value, not the greatest
 */
public record Bound(boolean isLeast, double limit) {

  public static Bound atLeast(double limit) {
    return new Bound(true, limit);
  }

  public static Bound atMost(double limit) {
    return new Bound(false, limit);
  }

  /** Whether a value keeps it; NaN never does. */
  public boolean holds(double value) {
    return isLeast ? value >= limit : value <= limit;
  }
}
