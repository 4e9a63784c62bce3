package io.hotdeal.internal.order;

import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.Refusal;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The results that follow from the row of a held order alone. */
final class HoldResults {

  private HoldResults() {}

  /**
   * Whether there is a row that can answer for a held order: it was written as a hold, whatever
   * became of it, or it is CANCELLED: then it may be the tombstone of a hold that never came.
   */
  static boolean isHold(Optional<OrderSnapshot> found) {
    return found
        .map(OrderSnapshot::row)
        .filter(row -> row.until() != null || row.state() == OrderState.CANCELLED)
        .isPresent();
  }

  /** The order with the time of its whole hold, which is at least what is left of it. */
  static Order wholeHold(OrderRecord row) {
    return row.order().withPayWithin(Duration.between(row.recordedAt(), untilOf(row)));
  }

  /** The deadline of a row that was written as a hold. */
  static Instant untilOf(OrderRecord row) {
    return Objects.requireNonNull(row.until());
  }

  /** The result for an id that is not that of a held order. */
  static OrderResult notHeld(Optional<OrderSnapshot> found) {
    return found.isEmpty() ? new Refusal.UnknownOrder() : new Refusal.Conflict();
  }

  /** How a held order stands, for a call that changed nothing. */
  static OrderResult standing(OrderSnapshot found) {
    OrderRecord row = found.row();
    return switch (row.state()) {
      case HELD -> new OrderResult.Held(row.order(), untilOf(row), found.remaining(), true);
      case EXPIRED -> new OrderResult.Expired(row.order(), untilOf(row));
      case PAID -> new OrderResult.Placed(row.order(), found.remaining(), true);
      case RETURNING, RETURNED ->
          new OrderResult.Returned(row.order(), row.state() == OrderState.RETURNED);
      case CANCELLED, RESERVED, ABSENT -> new OrderResult.Declined("cancelled before");
    };
  }
}
