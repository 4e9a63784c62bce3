package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.PaymentGateway;
import io.hotdeal.memory.InMemoryOrderLog;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The listener example of docs/operating.md")
class ListenerExampleTest {

  @Test
  @DisplayName("counts orders by result, and the orders and failures of each store call")
  void counts() {
    HotDealCounters counters = new HotDealCounters();
    try (HotDeal hotDeal =
        HotDeal.builder()
            .log(new InMemoryOrderLog())
            .payments(PaymentGateway.none())
            .listener(counters)
            .build()) {
      hotDeal.open(Deal.of("deal", 1));
      hotDeal.order(hotDeal.newOrder("deal", "first", 1));
      hotDeal.order(hotDeal.newOrder("deal", "second", 1));
    }

    assertThat(counters.read())
        .containsEntry("order.Placed", 1L)
        .containsEntry("order.SoldOut", 1L)
        .containsEntry("ORDER_LOG.reserve.orders", 2L)
        .containsEntry("ORDER_LOG.reserve.failures", 0L);
  }

  @Test
  @DisplayName("equals the code that the page shows")
  void isThisCode() throws IOException {
    assertThat(DocumentedCode.shownIn("docs/operating.md"))
        .isEqualTo(DocumentedCode.compiled("HotDealCounters.java"));
  }
}
