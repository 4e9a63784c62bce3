package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.spi.OrderLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** HotDeal's purchase in two steps: each order is held, and then confirmed by another call. */
final class HeldOrderStrategy implements Strategy {

  private static final Duration TIME_TO_PAY = Duration.ofMinutes(10);

  private final HotDeal hotDeal;
  private final OrderLog log;

  HeldOrderStrategy(HotDeal hotDeal, OrderLog log) {
    this.hotDeal = hotDeal;
    this.log = log;
  }

  @Override
  public void open(List<Deal> deals) {
    deals.forEach(hotDeal::open);
  }

  @Override
  public Answer sell(Order order) {
    OrderResult held = hotDeal.hold(order, TIME_TO_PAY);
    return held instanceof OrderResult.Held
        ? HotDealStrategy.answer(hotDeal.confirm(order.dealId(), order.id(), order.id()))
        : HotDealStrategy.answer(held);
  }

  @Override
  public CompletionStage<Answer> sellAsync(Order order) {
    return hotDeal
        .holdAsync(order, TIME_TO_PAY)
        .thenCompose(
            held ->
                held instanceof OrderResult.Held
                    ? hotDeal.confirmAsync(order.dealId(), order.id(), order.id())
                    : CompletableFuture.completedFuture(held))
        .thenApply(HotDealStrategy::answer);
  }

  @Override
  public long sold(String dealId) {
    return HotDealStrategies.paid(log, dealId);
  }

  @Override
  public void close() {
    hotDeal.close();
  }
}
