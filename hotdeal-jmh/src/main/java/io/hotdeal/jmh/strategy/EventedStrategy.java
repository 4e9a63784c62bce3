package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.DealEvent;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealBuilder;
import io.hotdeal.Order;
import io.hotdeal.spi.OrderLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A HotDeal whose sales are heard of by a consumer while they are made: the events are written in
 * the transactions that sell, and delivered by the same process.
 */
final class EventedStrategy implements Strategy {

  private static final Duration PERIOD = Duration.ofMillis(10);

  private final HotDeal hotDeal;
  private final OrderLog log;

  /** The number of sales that the consumer has heard of, by deal. */
  private final Map<String, Long> heard = new ConcurrentHashMap<>();

  EventedStrategy(HotDealBuilder builder, OrderLog log) {
    this.hotDeal = builder.consumer("benchmark", this::hear).build();
    this.log = log;
    hotDeal.events().start(PERIOD);
  }

  private void hear(List<DealEvent> events) {
    long sold = events.stream().filter(event -> event.kind() == DealEvent.Kind.SOLD).count();
    heard.merge(events.get(0).dealId(), sold, Long::sum);
  }

  @Override
  public void open(List<Deal> deals) {
    deals.forEach(deal -> hotDeal.open(deal.withEvents()));
  }

  @Override
  public Answer sell(Order order) {
    return HotDealStrategy.answer(hotDeal.order(order));
  }

  @Override
  public CompletionStage<Answer> sellAsync(Order order) {
    return hotDeal.orderAsync(order).thenApply(HotDealStrategy::answer);
  }

  /** Delivers what is left first: every sale has to be heard of, once. */
  @Override
  public long sold(String dealId) {
    hotDeal.events().deliver(dealId);
    long paid = HotDealStrategies.paid(log, dealId);
    long told = heard.getOrDefault(dealId, 0L);
    if (told != paid) {
      throw new IllegalStateException(
          paid + " orders of " + dealId + " are sold, " + told + " were heard of");
    }
    return paid;
  }

  @Override
  public void close() {
    hotDeal.close();
  }
}
