package io.hotdeal;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Remembers for a short while that nothing is left, so that the late crowd costs no store call. */
final class SoldOutMemory {

  private final long nanos;
  private final LongSupplier ticker;
  private final Map<String, Long> rememberedAt = new ConcurrentHashMap<>();

  SoldOutMemory(Duration duration, LongSupplier ticker) {
    this.nanos = duration.toNanos();
    this.ticker = ticker;
  }

  void remember(String dealId) {
    if (nanos > 0) {
      rememberedAt.put(dealId, ticker.getAsLong());
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
}
