package io.hotdeal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.contract.StockCounterContract;
import io.hotdeal.spi.StockCounter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryStockCounterTest extends StockCounterContract {

  private final StockCounter counter = new InMemoryStockCounter();

  @Override
  protected StockCounter counter() {
    return counter;
  }

  @Test
  @DisplayName(
      "changes its version when it is purged, so that a restore with the old version fails")
  void purgeMovesTheVersion() {
    Deal deal = Deal.of("deal", 10);
    StockCounter stopped = new InMemoryStockCounter(() -> Instant.EPOCH);
    stopped.open(deal);
    stopped.claim(List.of(Order.of("held", "deal", "buyer", 4)));
    stopped.close("deal");
    long before = stopped.stock("deal").orElseThrow().version();
    stopped.purge("deal");
    assertThat(stopped.restore(deal, 6, before)).isFalse();
  }

  @Test
  @DisplayName("lists held and overdue claims oldest first")
  void oldestFirst() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH.plusSeconds(3));
    StockCounter aging = new InMemoryStockCounter(now::get);
    aging.open(Deal.of("deal", 10));
    List<Order> orders = List.of(order("z"), order("a"), order("m"));
    for (Order order : orders) {
      aging.claim(List.of(order));
      now.updateAndGet(it -> it.minusSeconds(1));
    }
    assertThat(aging.held("deal", 2)).containsExactly(orders.get(2), orders.get(1));
    now.set(Instant.MAX.minusSeconds(1));
    assertThat(aging.overdue("deal", 9))
        .containsExactly(orders.get(2), orders.get(1), orders.get(0));
  }

  private static Order order(String id) {
    return Order.of(id, "deal", "buyer", 1);
  }

  @Test
  @DisplayName("starts its version at the clock's time in microseconds")
  void versionByTheClock() {
    StockCounter fixed = new InMemoryStockCounter(() -> Instant.ofEpochSecond(5, 7_000));
    fixed.open(Deal.of("deal", 10));
    assertThat(fixed.stock("deal").orElseThrow().version()).isEqualTo(5_000_007);
    fixed.claim(List.of(order("a")));
    assertThat(fixed.stock("deal").orElseThrow().version()).isEqualTo(5_000_008);
  }
}
