package io.hotdeal.memory;

import io.hotdeal.OrderLog;
import io.hotdeal.contract.OrderLogContract;

class InMemoryOrderLogTest extends OrderLogContract {

  private final OrderLog log = new InMemoryOrderLog();

  @Override
  protected OrderLog log() {
    return log;
  }
}
