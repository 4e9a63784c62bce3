package io.hotdeal.faults;

import io.hotdeal.Deal;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;

/** A counter that is not reconciled: its errors remain, and the audit finds them. */
class UnmendedCounter extends ForwardingCounter {

  UnmendedCounter(StockCounter delegate) {
    super(delegate);
  }

  @Override
  public boolean restore(Deal deal, long remaining, long ifVersion) {
    return ifVersion != Stock.ABSENT || super.restore(deal, remaining, ifVersion);
  }
}
