package io.hotdeal.internal.order;

import io.hotdeal.OrderResult;
import io.hotdeal.Refusal;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderSnapshot;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The results that follow from the row of a held order alone. */
final class HoldResults {

  private HoldResults() {}

  /** Whether the row was written as a hold, whatever became of it. */
  static boolean isHold(OrderRecord row) {
    return row.until() != null;
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
      case CANCELLED, RESERVED, ABSENT -> new OrderResult.Declined("cancelled before");
    };
  }
}
