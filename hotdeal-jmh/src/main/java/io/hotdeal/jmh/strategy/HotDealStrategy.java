package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.Refusal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;

/**
 * A hotdeal HotDeal, over whatever stores.
 *
 * @param stock reads from them what they hold as sold of a deal
 * @param clients ends what HotDeal does not
 */
record HotDealStrategy(HotDeal hotDeal, ToLongFunction<String> stock, Runnable clients)
    implements Strategy {

  @Override
  public void open(List<Deal> deals) {
    deals.forEach(hotDeal::open);
  }

  @Override
  public Answer sell(Order order) {
    return answer(hotDeal.order(order));
  }

  @Override
  public CompletionStage<Answer> sellAsync(Order order) {
    return hotDeal.orderAsync(order).thenApply(HotDealStrategy::answer);
  }

  static Answer answer(OrderResult result) {
    if (result instanceof OrderResult.Placed) {
      return Answer.SOLD;
    } else if (result instanceof Refusal.SoldOut) {
      return Answer.SOLD_OUT;
    }
    throw new IllegalStateException("neither sold nor sold out: " + result);
  }

  @Override
  public long sold(String dealId) {
    return stock.applyAsLong(dealId);
  }

  @Override
  public void close() {
    hotDeal.close();
    clients.run();
  }
}
