package io.hotdeal;

/**
 * What reconciling a deal's counter with its log came to.
 *
 * @param before units that the counter offered; 0 where it did not know the deal
 * @param after units that it offers now
 */
public record Reconciliation(String dealId, Outcome outcome, long before, long after) {

  /** How it ended. */
  public enum Outcome {
    /** The counter was right. */
    EXACT,
    /** The counter was wrong and is right now. */
    CORRECTED,
    /** The counter had lost the deal; it was brought back from the log. */
    RESTORED,
    /** Orders came and went all the while; nothing was changed. Ask again later. */
    BUSY,
    /** The log has no such deal. */
    UNKNOWN_DEAL,
    /** There is no counter. */
    NO_COUNTER
  }

  /** Whether the counter is known to have been exact, at one instant of this call. */
  public boolean isExact() {
    return switch (outcome) {
      case EXACT, CORRECTED, RESTORED, NO_COUNTER -> true;
      case BUSY, UNKNOWN_DEAL -> false;
    };
  }
}
