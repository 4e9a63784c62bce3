package io.hotdeal.oracle;

import io.hotdeal.spi.OrderLog;
import io.hotdeal.contract.OrderLogContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("RowLockOrderLog on H2")
final class RowLockOrderLogOnH2Test extends OrderLogContract {

  private static final OrderLog LOG =
      RowLockOrderLog.selectForUpdate(Database.H2.pool(), order -> {});

  @Override
  protected OrderLog log() {
    return LOG;
  }
}
