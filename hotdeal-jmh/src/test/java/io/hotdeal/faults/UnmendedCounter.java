package io.hotdeal.faults;

import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;

/** A counter that is not reconciled: its errors remain, and the audit finds them. */
class UnmendedCounter extends ForwardingCounter {

  UnmendedCounter(StockCounter delegate) {
    super(delegate);
  }

  @Override
  public boolean restore(DealTerms terms, long remaining, long ifVersion) {
    return ifVersion != Stock.ABSENT || super.restore(terms, remaining, ifVersion);
  }
}
