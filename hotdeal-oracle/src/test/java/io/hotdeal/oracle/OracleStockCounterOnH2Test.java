package io.hotdeal.oracle;

import io.hotdeal.contract.StockCounterContract;
import io.hotdeal.spi.StockCounter;
import org.junit.jupiter.api.DisplayName;

@DisplayName("OracleStockCounter on H2")
final class OracleStockCounterOnH2Test extends StockCounterContract {

  private static final StockCounter COUNTER =
      OracleStockCounter.conditionalUpdate(Database.H2.pool());

  @Override
  protected StockCounter counter() {
    return COUNTER;
  }

  @Override
  protected StockCounter anotherCounter() {
    return OracleStockCounter.conditionalUpdate(Database.H2.pool());
  }
}
