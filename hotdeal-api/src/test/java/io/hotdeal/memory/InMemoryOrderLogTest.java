package io.hotdeal.memory;

import io.hotdeal.contract.OrderLogContract;
import io.hotdeal.spi.OrderLog;

class InMemoryOrderLogTest extends OrderLogContract {

  private final OrderLog log = new InMemoryOrderLog();

  @Override
  protected OrderLog log() {
    return log;
  }
}
