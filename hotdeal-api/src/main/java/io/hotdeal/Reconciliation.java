package io.hotdeal;

/**
 * What reconciling a deal's counter with its log came to.
 *
 * @param before units that the counter offered; 0 where it did not know the deal
 * @param after units that it offers now
 * @param pending units of claims that the log has no row of: their orders are on their way there,
 *     or were left by a process that died. The counter offers so many less than the log has left
 */
public record Reconciliation(
    String dealId, Outcome outcome, long before, long after, long pending) {

  /** How it ended. */
  public enum Outcome {
    /** The counter was right: it offers what the log has left. */
    EXACT,
    /** The counter was right, but for units of claims that the log has no row of. */
    PENDING,
    /** The counter was wrong and is right now. */
    CORRECTED,
    /** The counter had lost the deal; it was brought back from the log. */
    RESTORED,
    /** Orders came and went all the while; nothing was changed. Ask again later. */
    BUSY,
    /** The log has no such deal. */
    UNKNOWN_DEAL,
    /** There is no counter, or it forgot a deal that is closed and need not know it. */
    NO_COUNTER
  }

  /** Whether the counter offers what the log has left, less what is claimed on its way there. */
  public boolean isConsistent() {
    return outcome != Outcome.BUSY && outcome != Outcome.UNKNOWN_DEAL;
  }

  /** Whether the counter is known to offer what the log has left, at one instant of this call. */
  public boolean isExact() {
    return switch (outcome) {
      case EXACT, CORRECTED, RESTORED, NO_COUNTER -> pending == 0;
      case PENDING, BUSY, UNKNOWN_DEAL -> false;
    };
  }
}
