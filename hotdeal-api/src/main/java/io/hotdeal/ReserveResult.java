package io.hotdeal;

import io.hotdeal.spi.OrderState;

/** The result of a reservation in the log. */
public sealed interface ReserveResult
    permits ReserveResult.Reserved, ReserveResult.Already, ReserveResult.Rejected, Refusal {

  /**
   * The order is in the log, durably, and its units are taken.
   *
   * @param remaining units left in the log after this reservation
   */
  record Reserved(long remaining) implements ReserveResult {}

  /**
   * The same order was already in the log; this call took no units.
   *
   * @param state the order's current state, never ABSENT
   * @param remaining units left in the log now
   */
  record Already(OrderState state, long remaining) implements ReserveResult {}

  /**
   * The store rejects this one row, such as by a constraint; other orders of the call are not
   * affected.
   */
  record Rejected(NothingHappenedException cause) implements ReserveResult {}
}
