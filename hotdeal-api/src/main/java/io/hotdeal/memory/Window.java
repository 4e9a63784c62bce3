package io.hotdeal.memory;

import io.hotdeal.Deal;
import java.time.Instant;

/** Where an instant stands to a deal's window. */
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
