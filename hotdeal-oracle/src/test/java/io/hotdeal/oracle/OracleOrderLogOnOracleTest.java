package io.hotdeal.oracle;

import io.hotdeal.contract.OrderLogContract;
import io.hotdeal.spi.OrderLog;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("OracleOrderLog on Oracle")
@ExtendWith(NeedsOracle.class)
final class OracleOrderLogOnOracleTest extends OrderLogContract {

  @Override
  protected OrderLog log() {
    return OracleOrderLog.conditionalUpdate(NeedsOracle.pool());
  }
}
