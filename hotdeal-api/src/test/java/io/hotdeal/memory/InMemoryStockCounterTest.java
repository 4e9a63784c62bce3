package io.hotdeal.memory;

import io.hotdeal.StockCounter;
import io.hotdeal.contract.StockCounterContract;

class InMemoryStockCounterTest extends StockCounterContract {

  private final StockCounter counter = new InMemoryStockCounter();

  @Override
  protected StockCounter counter() {
    return counter;
  }
}
