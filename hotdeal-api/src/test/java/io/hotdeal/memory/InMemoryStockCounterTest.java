package io.hotdeal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.StockCounter;
import io.hotdeal.contract.StockCounterContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryStockCounterTest extends StockCounterContract {

  private final StockCounter counter = new InMemoryStockCounter();

  @Override
  protected StockCounter counter() {
    return counter;
  }

  @Test
  @DisplayName("moves its version when it is purged, so that nobody restores by what was held")
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
}
