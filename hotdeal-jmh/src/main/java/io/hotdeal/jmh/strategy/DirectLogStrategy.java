package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import java.util.List;

/** An order log without a HotDeal: one transaction per order, or per batch of them. */
record DirectLogStrategy(OrderLog log) implements Strategy {

  @Override
  public void open(List<Deal> deals) {
    deals.forEach(log::open);
  }

  @Override
  public Answer sell(Order order) {
    return sellAll(List.of(order)).get(0);
  }

  @Override
  public List<Answer> sellAll(List<Order> orders) {
    return log.reserve(orders, OrderState.PAID).stream().map(DirectLogStrategy::answer).toList();
  }

  private static Answer answer(ReserveResult result) {
    if (result instanceof ReserveResult.Reserved || isPaid(result)) {
      return Answer.SOLD;
    } else if (result instanceof Refusal.SoldOut) {
      return Answer.SOLD_OUT;
    }
    throw new IllegalStateException("neither sold nor sold out: " + result);
  }

  /** Whether it is the replay of an order that was sold. */
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
