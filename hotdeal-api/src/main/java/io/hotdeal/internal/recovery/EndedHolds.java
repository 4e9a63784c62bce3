package io.hotdeal.internal.recovery;

import io.hotdeal.Order;
import io.hotdeal.spi.OrderRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ended holds whose claims a reconciliation has found to be held, by order id. If they are more
 * than 10,000, the others are left for the next sweep. Thread-safe.
 */
final class EndedHolds {

  private static final int MAX = 10_000;

  private final Map<String, OrderRecord> rows = new LinkedHashMap<>();

  synchronized void add(OrderRecord row) {
    if (rows.size() < MAX || rows.containsKey(row.order().id())) {
      rows.put(row.order().id(), row);
    }
  }

  /** Those that the sweep has not seen yet; counts them as claims. */
  synchronized List<OrderRecord> newTo(SweepProgress progress) {
    List<Order> claims = rows.values().stream().map(OrderRecord::order).toList();
    return progress.newClaims(claims).stream()
        .flatMap(order -> Optional.ofNullable(rows.get(order.id())).stream())
        .toList();
  }
}
