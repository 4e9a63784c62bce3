package io.hotdeal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.DealState;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.PaymentGateway;
import io.hotdeal.Refusal.UnknownDeal;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.spi.DealTerms;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A purge leaves nothing in Redis of a deal")
class PurgeAfterLossTest extends CounterOnRedis {

  private final Deal deal = Deal.of(dealId, 10).withLimitPerBuyer(3);

  @ParameterizedTest
  @ValueSource(strings = {"none", "quantity", "deal", "held", "settled", "buyers"})
  @DisplayName("that lost a key when it was closed, and it stays unknown")
  void whenClosed(String lost) {
    counter.open(deal);
    claimAndSettle();
    counter.close(dealId);
    redis.admin().del(key(lost));
    counter.purge(dealId);
    assertNoKeys();
    assertThat(counter.stock(dealId)).isEmpty();
    assertThat(counter.claim(List.of(order("held")))).containsExactly(new UnknownDeal());
    counter.settle(List.of(order("late")));
    counter.release(List.of(order("held")));
    counter.purge(dealId);
    assertNoKeys();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "quantity", "deal", "held", "settled", "buyers"})
  @DisplayName("that lost a key before it was closed, in the log alone")
  void beforeItWasClosed(String lost) {
    try (HotDeal hotDeal =
        HotDeal.builder()
            .counter(counter)
            .log(new InMemoryOrderLog())
            .payments(PaymentGateway.none())
            .build()) {
      hotDeal.open(deal);
      claimAndSettle();
      redis.admin().del(key(lost));
      hotDeal.closeDeal(dealId);
      hotDeal.purge(dealId);
      assertNoKeys();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "quantity", "deal", "held", "settled", "buyers"})
  @DisplayName("that lost all keys, or all but one")
  void allButOne(String left) {
    counter.open(deal);
    claimAndSettle();
    DealKeys.of(dealId).stream()
        .filter(key -> !key.equals(key(left)))
        .forEach(key -> redis.admin().del(key));
    counter.purge(dealId);
    assertNoKeys();
  }

  @Test
  @DisplayName("that was forgotten because it got a limit per buyer")
  void forgotten() {
    counter.open(Deal.of(dealId, 10));
    claimAndSettle();
    counter.change(new DealTerms(deal, DealState.OPEN, 2));
    assertThat(redis.admin().exists(key("quantity"))).isTrue();
    counter.change(new DealTerms(deal, DealState.CLOSED, 3));
    counter.purge(dealId);
    assertNoKeys();
  }

  private void claimAndSettle() {
    counter.claim(List.of(order("held"), order("sold")));
    counter.settle(List.of(order("sold")));
  }

  private void assertNoKeys() {
    assertThat(redis.admin().keys("*" + dealId + "*")).isEmpty();
  }

  private String key(String name) {
    return "{" + dealId + "}-" + name;
  }

  private Order order(String id) {
    return Order.of(id, dealId, "buyer-" + id, 1);
  }
}
