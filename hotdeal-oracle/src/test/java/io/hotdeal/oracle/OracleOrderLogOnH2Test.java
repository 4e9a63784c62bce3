package io.hotdeal.oracle;

import io.hotdeal.contract.OrderLogContract;
import io.hotdeal.spi.OrderLog;
import org.junit.jupiter.api.DisplayName;

@DisplayName("OracleOrderLog on H2")
final class OracleOrderLogOnH2Test extends OrderLogContract {

  private static final OrderLog LOG = OracleOrderLog.conditionalUpdate(Database.H2.pool());

  @Override
  protected OrderLog log() {
    return LOG;
  }

  @Override
  protected OrderLog anotherLog() {
    return OracleOrderLog.conditionalUpdate(Database.H2.pool());
  }
}
