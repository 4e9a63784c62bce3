package io.hotdeal;

import io.hotdeal.spi.OrderState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of a reservation in the log. */
public sealed interface ReserveResult
    permits ReserveResult.Reserved,
        ReserveResult.Held,
        ReserveResult.Already,
        ReserveResult.Rejected,
        Refusal {

  /**
   * The order is in the log, durably, and its units are taken.
   *
   * @param remaining units left in the log after this reservation
   */
  record Reserved(long remaining) implements ReserveResult {}

  /**
   * The order is in the log, durably, and its units are taken until a deadline.
   *
   * @param until the deadline, by the log's clock
   * @param remaining units left in the log after this reservation
   */
  record Held(Instant until, long remaining) implements ReserveResult {}

  /**
   * The same order was already in the log; this call took no units.
   *
   * @param state the order's current state, never ABSENT
   * @param until the deadline of an order that is or was held, else null
   * @param remaining units left in the log now
   */
  record Already(OrderState state, @Nullable Instant until, long remaining)
      implements ReserveResult {

    /** The result for an order that was never held. */
    public Already(OrderState state, long remaining) {
      this(state, null, remaining);
    }
  }

  /**
   * The store rejects this one row, such as by a constraint; other orders of the call are not
   * affected.
   */
  record Rejected(NothingHappenedException cause) implements ReserveResult {}
}
