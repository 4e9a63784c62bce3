package io.hotdeal.faults;

import io.hotdeal.ClaimResult;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.spi.StockCounter;
import java.util.List;

/** The red counter that takes no answer for a no. */
final class LyingCounter extends ForwardingCounter {

  LyingCounter(StockCounter whole) {
    super(whole);
  }

  @Override
  public List<ClaimResult> claim(List<Order> orders) {
    try {
      return super.claim(orders);
    } catch (OutcomeUnknownException e) {
      throw new NothingHappenedException("so it seems", e);
    }
  }
}
