package io.hotdeal.jmh.load;

/** What is compared of two slices. */
public enum Metric {
  /** More is better. */
  PER_SECOND("per second"),
  /** Less is better. */
  P50("p50"),
  /** Less is better. */
  P99("p99"),
  /** Less is better. */
  STORE_CALLS("store calls");

  private final String text;

  Metric(String text) {
    this.text = text;
  }

  double of(Slice slice) {
    return switch (this) {
      case PER_SECOND -> slice.perSecond();
      case P50 -> slice.latency(50);
      case P99 -> slice.latency(99);
      case STORE_CALLS -> (double) slice.storeCalls();
    };
  }

  public boolean isMoreBetter() {
    return this == PER_SECOND;
  }

  @Override
  public String toString() {
    return text;
  }
}
