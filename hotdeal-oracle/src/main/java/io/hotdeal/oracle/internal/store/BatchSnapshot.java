package io.hotdeal.oracle.internal.store;

import java.util.Map;
import java.util.Optional;

/**
 * The state of a deal that a batch is planned from. It may be stale; the database decides.
 *
 * @param deal empty if the deal does not exist
 * @param orders the existing rows, by order id
 * @param bought the units that buyers have, by buyer id; empty for a deal without a limit
 */
record BatchSnapshot(
    Optional<DealRow> deal, Map<String, OrderRow> orders, Map<String, Long> bought) {

  static BatchSnapshot optimistic(DealRow cached) {
    return new BatchSnapshot(Optional.of(cached.optimistic()), Map.of(), Map.of());
  }
}
