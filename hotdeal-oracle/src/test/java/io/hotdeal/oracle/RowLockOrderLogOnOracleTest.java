package io.hotdeal.oracle;

import io.hotdeal.contract.OrderLogContract;
import io.hotdeal.spi.OrderLog;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("RowLockOrderLog on Oracle")
@ExtendWith(NeedsOracle.class)
final class RowLockOrderLogOnOracleTest extends OrderLogContract {

  @Override
  protected OrderLog log() {
    return RowLockOrderLog.selectForUpdate(NeedsOracle.pool(), order -> {});
  }
}
