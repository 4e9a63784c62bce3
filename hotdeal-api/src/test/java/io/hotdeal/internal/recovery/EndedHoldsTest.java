package io.hotdeal.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Order;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The ended holds that a reconciliation has found")
class EndedHoldsTest {

  private final EndedHolds holds = new EndedHolds();

  @Test
  @DisplayName("are at most 10,000, each by its last row, and new to a sweep once")
  void bounded() {
    for (int i = 0; i <= 10_000; i++) {
      holds.add(row("o-" + i, OrderState.EXPIRED));
    }
    holds.add(row("o-0", OrderState.CANCELLED));
    SweepProgress sweep = new SweepProgress("deal");
    List<OrderRecord> found = holds.newTo(sweep);
    assertThat(found).hasSize(10_000).contains(row("o-0", OrderState.CANCELLED));
    assertThat(holds.newTo(sweep)).isEmpty();
  }

  private static OrderRecord row(String id, OrderState state) {
    Order order = Order.of(id, "deal", "buyer", 1);
    return new OrderRecord(order, state, Instant.EPOCH, Instant.EPOCH.plusSeconds(60), null);
  }
}
