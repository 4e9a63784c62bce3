package io.hotdeal.spi;

import io.hotdeal.Deal;
import io.hotdeal.DealState;

/**
 * The terms of a deal as they are now.
 *
 * @param deal the deal with its present limit per buyer and window
 * @param state whether it takes new orders
 * @param version 1 for the terms that it was opened with, one more for each change
 */
public record DealTerms(Deal deal, DealState state, long version) {

  /** The terms of a deal that was never changed. */
  public static DealTerms opened(Deal deal) {
    return new DealTerms(deal, DealState.OPEN, 1);
  }

  public boolean closed() {
    return state == DealState.CLOSED;
  }

  /**
   * Whether opening {@code offered} opens this deal again: with the same terms, or, once they were
   * changed, with the same of those that cannot change.
   */
  public boolean isOpenedBy(Deal offered) {
    return version == 1 ? deal.equals(offered) : deal.sameButForChanges(offered);
  }

  /** The same for a counter, which does not know all terms, see {@link Deal#sameForCounter}. */
  public boolean isOpenedInCounterBy(Deal offered) {
    return isOpenedBy(
        new Deal(
            offered.id(),
            offered.quantity(),
            offered.limitPerBuyer(),
            offered.opens(),
            offered.closes(),
            offered.hold(),
            deal.longestHold(),
            deal.events()));
  }
}
