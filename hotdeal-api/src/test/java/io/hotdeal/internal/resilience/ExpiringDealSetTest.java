package io.hotdeal.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The sold-out cache")
class ExpiringDealSetTest {

  private final AtomicLong nanos = new AtomicLong(1_000);

  private ExpiringDealSet memory(long duration) {
    return new ExpiringDealSet(Duration.ofNanos(duration), nanos::get);
  }

  @Test
  @DisplayName("contains a deal for its time to live only, and no other deal")
  void expires() {
    ExpiringDealSet memory = memory(100);
    memory.add("deal");
    nanos.addAndGet(99);
    assertThat(memory.contains("deal")).isTrue();
    assertThat(memory.contains("other")).isFalse();
    nanos.addAndGet(1);
    assertThat(memory.contains("deal")).isFalse();
    nanos.addAndGet(-1);
    assertThat(memory.contains("deal")).as("once it has expired").isFalse();
  }

  @Test
  @DisplayName("does not contain a deal that was removed")
  void removed() {
    ExpiringDealSet memory = memory(100);
    memory.add("deal");
    memory.remove("deal");
    assertThat(memory.contains("deal")).isFalse();
  }

  @Test
  @DisplayName("contains nothing if its time to live is zero")
  void switchedOff() {
    ExpiringDealSet memory = memory(0);
    memory.add("deal");
    nanos.addAndGet(-1);
    assertThat(memory.contains("deal")).isFalse();
  }

  @Test
  @DisplayName("holds a bounded number of deals, and removes expired ones when it is full")
  void bounded() {
    ExpiringDealSet memory = memory(100);
    for (int i = 0; i < 3 * ExpiringDealSet.MAX_DEALS; i++) {
      memory.add("deal-" + i);
    }
    assertThat(memory.size()).isEqualTo(ExpiringDealSet.MAX_DEALS);
    assertThat(memory.contains("deal-0")).isTrue();
    nanos.addAndGet(100);
    memory.add("new");
    assertThat(memory.size()).isEqualTo(1);
    assertThat(memory.contains("new")).isTrue();
  }
}
