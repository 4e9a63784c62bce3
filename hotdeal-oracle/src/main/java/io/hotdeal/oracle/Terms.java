package io.hotdeal.oracle;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Remembers deals, so that selling need not read them first. What is stale decides nothing. */
final class Terms {

  private static final int MOST = 10_000;

  private final ConcurrentMap<String, DealRow> byDeal = new ConcurrentHashMap<>();

  Optional<DealRow> of(String dealId) {
    return Optional.ofNullable(byDeal.get(dealId));
  }

  void remember(String dealId, Optional<DealRow> deal) {
    if (byDeal.size() >= MOST) {
      byDeal.clear();
    }
    deal.ifPresentOrElse(row -> byDeal.put(dealId, row), () -> byDeal.remove(dealId));
  }
}
