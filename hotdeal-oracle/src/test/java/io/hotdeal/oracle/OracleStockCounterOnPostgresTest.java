package io.hotdeal.oracle;

import io.hotdeal.contract.StockCounterContract;
import io.hotdeal.spi.StockCounter;
import org.junit.jupiter.api.DisplayName;

@DisplayName("OracleStockCounter on PostgreSQL")
final class OracleStockCounterOnPostgresTest extends StockCounterContract {

  private static final StockCounter COUNTER =
      OracleStockCounter.conditionalUpdate(Database.POSTGRESQL.pool());

  @Override
  protected StockCounter counter() {
    return COUNTER;
  }

  @Override
  protected StockCounter anotherCounter() {
    return OracleStockCounter.conditionalUpdate(Database.POSTGRESQL.pool());
  }
}
