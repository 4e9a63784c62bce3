package io.hotdeal.memory;

import io.hotdeal.Deal;
import java.time.Instant;

/** The position of an instant relative to a deal's time window. */
enum Window {
  NOT_YET_OPEN,
  OPEN,
  CLOSED;

  static Window of(Deal deal, boolean closedByHand, Instant now) {
    if (closedByHand || !now.isBefore(deal.closes())) {
      return CLOSED;
    }
    return now.isBefore(deal.opens()) ? NOT_YET_OPEN : OPEN;
  }
}
