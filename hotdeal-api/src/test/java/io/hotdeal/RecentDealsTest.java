package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The memory of what is sold out")
class RecentDealsTest {

  private final AtomicLong nanos = new AtomicLong(1_000);

  private RecentDeals memory(long duration) {
    return new RecentDeals(Duration.ofNanos(duration), nanos::get);
  }

  @Test
  @DisplayName("lasts for its time and no longer, of that deal alone")
  void lasts() {
    RecentDeals memory = memory(100);
    memory.remember("deal");
    nanos.addAndGet(99);
    assertThat(memory.remembers("deal")).isTrue();
    assertThat(memory.remembers("other")).isFalse();
    nanos.addAndGet(1);
    assertThat(memory.remembers("deal")).isFalse();
    nanos.addAndGet(-1);
    assertThat(memory.remembers("deal")).as("once it is over").isFalse();
  }

  @Test
  @DisplayName("ends when a unit comes back")
  void forgets() {
    RecentDeals memory = memory(100);
    memory.remember("deal");
    memory.forget("deal");
    assertThat(memory.remembers("deal")).isFalse();
  }

  @Test
  @DisplayName("holds nothing where it is switched off")
  void switchedOff() {
    RecentDeals memory = memory(0);
    memory.remember("deal");
    nanos.addAndGet(-1);
    assertThat(memory.remembers("deal")).isFalse();
  }

  @Test
  @DisplayName("holds a bounded number of deals, and no deal whose time is over when it is full")
  void bounded() {
    RecentDeals memory = memory(100);
    for (int i = 0; i < 3 * RecentDeals.MOST_DEALS; i++) {
      memory.remember("deal-" + i);
    }
    assertThat(memory.size()).isEqualTo(RecentDeals.MOST_DEALS);
    assertThat(memory.remembers("deal-0")).isTrue();
    nanos.addAndGet(100);
    memory.remember("new");
    assertThat(memory.size()).isEqualTo(1);
    assertThat(memory.remembers("new")).isTrue();
  }
}
