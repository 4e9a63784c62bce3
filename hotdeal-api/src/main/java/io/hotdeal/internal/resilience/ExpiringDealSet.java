package io.hotdeal.internal.resilience;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * A set of deal ids whose entries expire, such as the deals that are sold out. Bounded: an id that
 * does not fit is not added. Thread-safe.
 */
public final class ExpiringDealSet {

  static final int MAX_DEALS = 10_000;

  private final long ttlNanos;
  private final LongSupplier ticker;
  private final Map<String, Long> addedAt = new ConcurrentHashMap<>();

  public ExpiringDealSet(Duration ttl, LongSupplier ticker) {
    this.ttlNanos = ttl.toNanos();
    this.ticker = ticker;
  }

  public void add(String dealId) {
    if (ttlNanos == 0) {
      return;
    }
    long now = ticker.getAsLong();
    if (addedAt.size() >= MAX_DEALS) {
      addedAt.values().removeIf(at -> now - at >= ttlNanos);
    }
    if (addedAt.size() < MAX_DEALS) {
      addedAt.put(dealId, now);
    }
  }

  public void remove(String dealId) {
    addedAt.remove(dealId);
  }

  public boolean contains(String dealId) {
    Long at = addedAt.get(dealId);
    if (at == null) {
      return false;
    }
    if (ticker.getAsLong() - at < ttlNanos) {
      return true;
    }
    addedAt.remove(dealId, at);
    return false;
  }

  /** The number of ids, expired ones included. */
  int size() {
    return addedAt.size();
  }
}
