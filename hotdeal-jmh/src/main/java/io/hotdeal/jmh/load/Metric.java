package io.hotdeal.jmh.load;

/** A figure of a result. */
public enum Metric {
  /** Answers per second. */
  PER_SECOND("per second"),
  /** The median latency. */
  P50("p50"),
  /** The 99th percentile of the latency. */
  P99("p99"),
  /** Connections taken and Redis requests. */
  STORE_CALLS("store calls"),
  /** Commits per 1,000 answers. */
  COMMITS("commits per 1,000 orders"),
  /** Round trips to the database per answer. */
  ROUND_TRIPS("round trips per order"),
  /** Redis scripts per answer. */
  SCRIPTS("Redis scripts per order");

  private final String text;

  Metric(String text) {
    this.text = text;
  }

  double of(RoundResult result) {
    CallCounts calls = result.storeCalls();
    double orders = result.counted();
    return switch (this) {
      case PER_SECOND -> result.perSecond();
      case P50 -> result.latency(50);
      case P99 -> result.latency(99);
      case STORE_CALLS -> calls.total();
      case COMMITS -> 1_000 * calls.commits() / orders;
      case ROUND_TRIPS -> calls.roundTrips() / orders;
      case SCRIPTS -> calls.scripts() / orders;
    };
  }

  public boolean isMoreBetter() {
    return this == PER_SECOND;
  }

  /** Whether the figure itself is compared with a bound, not its ratio to a baseline. */
  public boolean isAbsolute() {
    return compareTo(STORE_CALLS) >= 0;
  }

  /** Whether the statements of the database have to be counted, which costs time. */
  public boolean needsStatements() {
    return this == COMMITS || this == ROUND_TRIPS;
  }

  @Override
  public String toString() {
    return text;
  }
}
