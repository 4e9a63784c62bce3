package io.hotdeal;

/** What the log answers to a reservation. */
public sealed interface ReserveResult {

  /**
   * The order is in the log, durably, and its units are taken.
   *
   * @param remaining units left in the log behind it
   */
  record Reserved(long remaining) implements ReserveResult {}

  /**
   * The same order was in the log before; nothing was taken by this call.
   *
   * @param state the state that stands, never ABSENT
   * @param remaining units left in the log now
   */
  record Already(OrderState state, long remaining) implements ReserveResult {}

  /**
   * Fewer units are left than the order wants; nothing was written.
   *
   * @param remaining what is left: 0 when nothing is
   */
  record SoldOut(long remaining) implements ReserveResult {}

  /** The order would take its buyer past the deal's limit of {@code limit} units. */
  record LimitReached(long limit) implements ReserveResult {}

  /** The deal does not sell yet. */
  record NotYetOpen() implements ReserveResult {}

  /** The deal no longer sells. */
  record Closed() implements ReserveResult {}

  /** The deal was never opened in this log. */
  record UnknownDeal() implements ReserveResult {}

  /** The id is in the log with another buyer or quantity. */
  record Conflict() implements ReserveResult {}

  /** The store refuses this one row for a reason of its own; its neighbours are not touched. */
  record Rejected(NothingHappenedException cause) implements ReserveResult {}
}
