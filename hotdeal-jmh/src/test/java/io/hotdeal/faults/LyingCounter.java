package io.hotdeal.faults;

import io.hotdeal.ClaimResult;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.spi.StockCounter;
import java.util.List;

/** A faulty counter that reports an unknown outcome as NothingHappened. */
final class LyingCounter extends ForwardingCounter {

  LyingCounter(StockCounter delegate) {
    super(delegate);
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
