package io.hotdeal.jmh.strategy;

import io.hotdeal.AsyncStockCounter;
import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** hotdeal's gate alone: keyed claims, batched, without a HotDeal and a log. */
final class Claims implements Strategy {

  private final Gate gate;
  private final AsyncStockCounter counter;

  Claims(Gate gate) {
    this.gate = gate;
    this.counter = AsyncStockCounter.over(gate.counter());
  }

  @Override
  public void open(List<Deal> deals) {
    deals.forEach(gate.counter()::open);
  }

  @Override
  public Answer sell(Order order) {
    return answer(counter.claim(order).join());
  }

  @Override
  public CompletionStage<Answer> sellAsync(Order order) {
    return counter.claim(order).thenApply(Claims::answer);
  }

  private static Answer answer(ClaimResult result) {
    if (result instanceof ClaimResult.Claimed) {
      return Answer.SOLD;
    } else if (result instanceof Refusal.SoldOut) {
      return Answer.SOLD_OUT;
    }
    throw new IllegalStateException("neither claimed nor sold out: " + result);
  }

  @Override
  public long sold(String dealId) {
    return gate.sold(dealId);
  }

  @Override
  public void close() {
    counter.close();
    gate.end().run();
  }
}
