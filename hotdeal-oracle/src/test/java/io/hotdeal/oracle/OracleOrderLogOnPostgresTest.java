package io.hotdeal.oracle;

import io.hotdeal.contract.OrderLogContract;
import io.hotdeal.spi.OrderLog;
import org.junit.jupiter.api.DisplayName;

@DisplayName("OracleOrderLog on PostgreSQL")
final class OracleOrderLogOnPostgresTest extends OrderLogContract {

  private static final OrderLog LOG = OracleOrderLog.conditionalUpdate(Database.POSTGRESQL.pool());

  @Override
  protected OrderLog log() {
    return LOG;
  }

  @Override
  protected OrderLog anotherLog() {
    return OracleOrderLog.conditionalUpdate(Database.POSTGRESQL.pool());
  }
}
