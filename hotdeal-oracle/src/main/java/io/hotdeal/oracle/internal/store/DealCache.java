package io.hotdeal.oracle.internal.store;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A cache of deals, so that orders need not read them first. A stale entry is harmless: the
 * conditional update decides. Thread-safe.
 */
final class DealCache {

  private static final int MAX_DEALS = 10_000;

  private final ConcurrentMap<String, DealRow> byDeal = new ConcurrentHashMap<>();

  Optional<DealRow> get(String dealId) {
    return Optional.ofNullable(byDeal.get(dealId));
  }

  void put(String dealId, Optional<DealRow> deal) {
    if (byDeal.size() >= MAX_DEALS) {
      byDeal.clear();
    }
    deal.ifPresentOrElse(row -> byDeal.put(dealId, row), () -> byDeal.remove(dealId));
  }
}
