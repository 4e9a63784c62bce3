package io.hotdeal;

import io.hotdeal.spi.OrderState;

/** What the log answers to a reservation. */
public sealed interface ReserveResult
    permits ReserveResult.Reserved, ReserveResult.Already, ReserveResult.Rejected, Refusal {

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

  /** The store refuses this one row for a reason of its own; its neighbours are not touched. */
  record Rejected(NothingHappenedException cause) implements ReserveResult {}
}
