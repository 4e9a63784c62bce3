package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import java.util.List;

/** hotdeal's log without a HotDeal: one call, and so one transaction, per order. */
record LogDirect(OrderLog log) implements Strategy {

  @Override
  public void open(List<Deal> deals) {
    deals.forEach(log::open);
  }

  @Override
  public Answer sell(Order order) {
    ReserveResult result = log.reserve(List.of(order), OrderState.PAID).get(0);
    if (result instanceof ReserveResult.Reserved || isPaid(result)) {
      return Answer.SOLD;
    } else if (result instanceof Refusal.SoldOut) {
      return Answer.SOLD_OUT;
    }
    throw new IllegalStateException("neither sold nor sold out: " + result);
  }

  /** The same order again is answered as what it is. */
  private static boolean isPaid(ReserveResult result) {
    return result instanceof ReserveResult.Already already && already.state() == OrderState.PAID;
  }

  @Override
  public long sold(String dealId) {
    return HotDealStrategies.paid(log, dealId);
  }

  @Override
  public void close() {}
}
