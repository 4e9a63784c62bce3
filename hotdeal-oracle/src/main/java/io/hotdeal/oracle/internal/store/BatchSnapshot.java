package io.hotdeal.oracle.internal.store;

import java.util.Map;
import java.util.Optional;

/**
 * What was read of a deal when a batch is planned; it may be stale, and the database decides.
 *
 * @param deal empty if there is no such deal
 * @param orders the rows that are there, by order id
 * @param bought units that buyers have, by buyer id; empty for a deal without a limit
 */
record BatchSnapshot(
    Optional<DealRow> deal, Map<String, OrderRow> orders, Map<String, Long> bought) {

  static BatchSnapshot optimistic(DealRow cached) {
    return new BatchSnapshot(Optional.of(cached.optimistic()), Map.of(), Map.of());
  }
}
