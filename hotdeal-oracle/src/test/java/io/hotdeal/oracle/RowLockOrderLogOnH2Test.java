package io.hotdeal.oracle;

import io.hotdeal.contract.OrderLogContract;
import io.hotdeal.spi.OrderLog;
import org.junit.jupiter.api.DisplayName;

@DisplayName("RowLockOrderLog on H2")
final class RowLockOrderLogOnH2Test extends OrderLogContract {

  private static final OrderLog LOG =
      RowLockOrderLog.selectForUpdate(Database.H2.pool(), order -> {});

  @Override
  protected OrderLog log() {
    return LOG;
  }

  @Override
  protected OrderLog anotherLog() {
    return RowLockOrderLog.selectForUpdate(Database.H2.pool(), order -> {});
  }
}
