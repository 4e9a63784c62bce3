package io.hotdeal.faults;

import io.hotdeal.Order;
import io.hotdeal.ReserveResult;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import java.util.List;

/** Records which orders the log reported as not written. */
final class WatchedLog extends ForwardingLog {

  private final Innocent innocent;

  WatchedLog(OrderLog delegate, Innocent innocent) {
    super(delegate);
    this.innocent = innocent;
  }

  @Override
  public List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    return innocent.watch(orders, () -> super.reserve(orders, as));
  }
}
