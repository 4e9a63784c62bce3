package io.hotdeal;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Remembers for a while which deals something was said of, such as that they are sold out. It holds
 * a bounded number of them: what does not fit is forgotten at once. Thread-safe.
 */
final class RecentDeals {

  static final int MOST_DEALS = 10_000;

  private final long nanos;
  private final LongSupplier ticker;
  private final Map<String, Long> rememberedAt = new ConcurrentHashMap<>();

  RecentDeals(Duration duration, LongSupplier ticker) {
    this.nanos = duration.toNanos();
    this.ticker = ticker;
  }

  void remember(String dealId) {
    if (nanos == 0) {
      return;
    }
    long now = ticker.getAsLong();
    if (rememberedAt.size() >= MOST_DEALS) {
      rememberedAt.values().removeIf(at -> now - at >= nanos);
    }
    if (rememberedAt.size() < MOST_DEALS) {
      rememberedAt.put(dealId, now);
    }
  }

  void forget(String dealId) {
    rememberedAt.remove(dealId);
  }

  boolean remembers(String dealId) {
    Long at = rememberedAt.get(dealId);
    if (at == null) {
      return false;
    }
    if (ticker.getAsLong() - at < nanos) {
      return true;
    }
    rememberedAt.remove(dealId, at);
    return false;
  }

  /** How many deals it holds, those whose time is over included. */
  int size() {
    return rememberedAt.size();
  }
}
