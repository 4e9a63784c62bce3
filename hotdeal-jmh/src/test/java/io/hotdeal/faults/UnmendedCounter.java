package io.hotdeal.faults;

import io.hotdeal.Deal;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;

/** A counter that nobody reconciles: what it counts wrong stays wrong, and shows. */
class UnmendedCounter extends ForwardingCounter {

  UnmendedCounter(StockCounter whole) {
    super(whole);
  }

  @Override
  public boolean restore(Deal deal, long remaining, long ifVersion) {
    return ifVersion != Stock.ABSENT || super.restore(deal, remaining, ifVersion);
  }
}
