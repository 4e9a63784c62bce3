package io.hotdeal.oracle;

import io.hotdeal.contract.OrderLogContract;
import io.hotdeal.spi.OrderLog;
import org.junit.jupiter.api.DisplayName;

@DisplayName("RowLockOrderLog on PostgreSQL")
final class RowLockOrderLogOnPostgresTest extends OrderLogContract {

  private static final OrderLog LOG =
      RowLockOrderLog.selectForUpdate(Database.POSTGRESQL.pool(), order -> {});

  @Override
  protected OrderLog log() {
    return LOG;
  }

  @Override
  protected OrderLog anotherLog() {
    return RowLockOrderLog.selectForUpdate(Database.POSTGRESQL.pool(), order -> {});
  }
}
