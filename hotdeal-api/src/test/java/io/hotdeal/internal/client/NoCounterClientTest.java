package io.hotdeal.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Order;
import io.hotdeal.Reconciliation.Outcome;
import io.hotdeal.internal.client.CounterClient.Pass;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Without a counter")
class NoCounterClientTest {

  private static final Order ORDER = Order.of("order", "deal", "buyer", 1);

  private final CounterClient client = NoCounterClient.INSTANCE;

  @Test
  @DisplayName("every order goes on without a claim, and all other calls succeed without effect")
  void passes() {
    assertThat(client.claim(ORDER)).isCompletedWithValue(Pass.WITHOUT_CLAIM);
    assertThat(client.postpone(ORDER)).isCompletedWithValue(true);
    assertThat(client.settle(ORDER)).isCompletedWithValue(true);
    assertThat(client.settleNow(ORDER)).isCompletedWithValue(true);
    assertThat(client.release(ORDER)).isCompletedWithValue(true);
    assertThat(client.giveBack(ORDER)).isCompletedWithValue(true);
    assertThat(client.overdue("deal", 9).join()).isEmpty();
    assertThat(client.reconcile("deal", ended -> {}).join().outcome())
        .isEqualTo(Outcome.NO_COUNTER);
  }
}
