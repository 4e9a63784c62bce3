package io.hotdeal;

/**
 * The result of reconciling a deal's counter with its log.
 *
 * @param before units that the counter offered before; 0 if it did not have the deal
 * @param after units that it offers after the call
 * @param pending units of claims without a row in the log: their orders are about to be written, or
 *     their process crashed. The counter offers that many units less than the log has left
 */
public record Reconciliation(
    String dealId, Outcome outcome, long before, long after, long pending) {

  /** How a reconciliation ended. */
  public enum Outcome {
    /** The counter was right: it offers what the log has left. */
    EXACT,
    /** The counter was right, and holds claims without a row in the log. */
    PENDING,
    /** The counter was wrong and has been corrected. */
    CORRECTED,
    /** The counter had lost the deal, which was restored from the log. */
    RESTORED,
    /** Orders changed the deal meanwhile; the count was not corrected. Try again later. */
    BUSY,
    /** The log has no such deal. */
    UNKNOWN_DEAL,
    /** There is no counter, or it lost a closed deal, which it does not need. */
    NO_COUNTER
  }

  /** Whether the counter offers the units left in the log, less {@code pending}. */
  public boolean isConsistent() {
    return outcome != Outcome.BUSY && outcome != Outcome.UNKNOWN_DEAL;
  }

  /** Whether the counter offered exactly the units left in the log, at one instant of this call. */
  public boolean isExact() {
    return switch (outcome) {
      case EXACT, CORRECTED, RESTORED, NO_COUNTER -> pending == 0;
      case PENDING, BUSY, UNKNOWN_DEAL -> false;
    };
  }
}
