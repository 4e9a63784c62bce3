package io.hotdeal.jmh.load;

/** What is compared of two slices. */
public enum Metric {
  /** More is better. */
  PER_SECOND,
  /** Less is better. */
  P50,
  /** Less is better. */
  P99;

  double of(Slice slice) {
    return switch (this) {
      case PER_SECOND -> slice.perSecond();
      case P50 -> slice.latency(50);
      case P99 -> slice.latency(99);
    };
  }

  public boolean isMoreBetter() {
    return this == PER_SECOND;
  }
}
