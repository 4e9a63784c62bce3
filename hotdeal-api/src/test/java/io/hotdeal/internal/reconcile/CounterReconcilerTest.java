package io.hotdeal.internal.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A reconciliation shows its caller")
class CounterReconcilerTest {

  private static final Deal DEAL = Deal.of("prod-001", 10);

  private final StockCounter counter = new InMemoryStockCounter();
  private final OrderLog log = new InMemoryOrderLog();

  @Test
  @DisplayName("the rows of ended holds whose claims are held, and no other rows")
  void endedHolds() {
    log.open(DEAL);
    counter.open(DEAL);
    Order ended = order("ended", 1);
    Order held = order("held", 1);
    Order cancelled = order("cancelled", 1);
    hold(ended);
    hold(held);
    hold(order("another", 2));
    log.cancel(List.of(cancelled));
    log.endHolds(List.of(ended, order("another", 2)), OrderState.CANCELLED);
    counter.claim(List.of(ended, held, cancelled, order("another", 1), order("without-row", 1)));
    AsyncStoreCalls calls = new AsyncStoreCalls(Runnable::run, null);
    List<OrderRecord> shown = new ArrayList<>();
    new CounterReconciler(counter, log, calls, calls, EventPublisher.NONE)
        .reconcile(DEAL.id(), shown::add)
        .join();
    assertThat(shown).extracting(OrderRecord::order).containsOnly(ended);
  }

  private void hold(Order order) {
    log.reserve(List.of(order.withPayWithin(Duration.ofMinutes(10))), OrderState.RESERVED);
  }

  private static Order order(String id, long quantity) {
    return Order.of(id, DEAL.id(), "buyer", quantity);
  }
}
