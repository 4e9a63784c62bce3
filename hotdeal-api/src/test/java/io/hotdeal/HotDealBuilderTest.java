package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.internal.batch.BatchPolicy;
import io.hotdeal.internal.engine.EngineConfig;
import io.hotdeal.internal.engine.EngineConfig.Breakers;
import io.hotdeal.internal.engine.EngineConfig.Limits;
import io.hotdeal.internal.engine.EngineConfig.Payments;
import io.hotdeal.internal.engine.EngineConfig.Stores;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.StockCounter;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The builder")
class HotDealBuilderTest {

  private final OrderLog log = new InMemoryOrderLog();
  private final StockCounter counter = new InMemoryStockCounter();

  private static Duration millis(int millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  @DisplayName("passes each setting on, to its place")
  void settings() {
    EngineConfig config =
        HotDeal.builder()
            .counter(counter)
            .refuseWhenCounterIsDown()
            .maxBatch(101)
            .callsPerDeal(3)
            .maxInFlight(103)
            .claimLinger(millis(104))
            .settleLinger(millis(105))
            .orderTimeout(millis(106))
            .shutdownTimeout(millis(107))
            .soldOutCacheTtl(millis(108))
            .breakerOpenFor(millis(109))
            .slowCallThreshold(millis(110))
            .counterSlowCallThreshold(millis(111))
            .chargeAttempts(12, millis(113))
            .paymentTimeout(millis(114))
            .config(log, PaymentGateway.none());
    assertThat(config.stores()).isEqualTo(new Stores(log, counter, true));
    assertThat(config.batching()).isEqualTo(new BatchPolicy(101, 3, 103, millis(104), millis(105)));
    assertThat(config.limits())
        .isEqualTo(
            new Limits(
                103,
                millis(106),
                millis(107),
                millis(108),
                new Breakers(millis(109), millis(110), millis(111))));
    assertThat(config.payments())
        .isEqualTo(new Payments(PaymentGateway.none(), 12, millis(113), millis(114)));
  }

  @Test
  @DisplayName("has the documented defaults of the batching policy")
  void defaults() {
    assertThat(HotDeal.builder().config(log, PaymentGateway.none()).batching())
        .isEqualTo(new BatchPolicy(512, 2, 10_000, millis(1), millis(100)));
  }
}
