package io.hotdeal.memory;

import io.hotdeal.Deal;
import io.hotdeal.DealState;
import io.hotdeal.spi.DealTerms;
import java.time.Instant;

/** The position of an instant relative to a deal's time window, and its state. */
enum Window {
  NOT_YET_OPEN,
  OPEN,
  PAUSED,
  CLOSED;

  static Window of(DealTerms terms, Instant now) {
    Deal deal = terms.deal();
    if (terms.closed() || !now.isBefore(deal.closes())) {
      return CLOSED;
    }
    if (now.isBefore(deal.opens())) {
      return NOT_YET_OPEN;
    }
    return terms.state() == DealState.PAUSED ? PAUSED : OPEN;
  }
}
