package io.hotdeal.oracle;

import io.hotdeal.contract.StockCounterContract;
import io.hotdeal.spi.StockCounter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("OracleStockCounter on Oracle")
@ExtendWith(NeedsOracle.class)
final class OracleStockCounterOnOracleTest extends StockCounterContract {

  @Override
  protected StockCounter counter() {
    return OracleStockCounter.conditionalUpdate(NeedsOracle.pool());
  }
}
