package io.hotdeal.oracle;

import java.util.Map;
import java.util.Optional;

/**
 * What is known of a deal when a batch is planned; the database decides whether it was true.
 *
 * @param deal empty if there is no such deal
 * @param orders the rows that are there, by order id
 * @param bought units that buyers have, by buyer id; empty for a deal without a limit
 */
record Picture(Optional<DealRow> deal, Map<String, OrderRow> orders, Map<String, Long> bought) {

  static Picture hopeful(DealRow remembered) {
    return new Picture(Optional.of(remembered.hopeful()), Map.of(), Map.of());
  }
}
