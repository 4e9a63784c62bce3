package io.hotdeal.internal.recovery;

import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import io.hotdeal.Reconciliation;
import io.hotdeal.SweepReport;
import io.hotdeal.internal.order.OrderRecovery.End;
import io.hotdeal.internal.resilience.Failures;
import io.hotdeal.spi.OrderRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The progress of one sweep of one deal: the orders seen, and how they ended. Thread-safe. */
final class SweepProgress {

  private static final int MAX_FAILURES = 10;

  final String dealId;
  private final Set<String> seen = new HashSet<>();
  private final Map<End, Long> ends = new EnumMap<>(End.class);
  private final Map<String, HotDealException> failures = new LinkedHashMap<>();
  private boolean cutShort;
  private long claims;
  private long rows;

  SweepProgress(String dealId) {
    this.dealId = dealId;
  }

  /** Counts and returns those of the overdue claims that this sweep has not seen yet. */
  synchronized List<Order> newClaims(Collection<Order> orders) {
    List<Order> fresh = unseen(orders);
    claims += fresh.size();
    return fresh;
  }

  /** Counts and returns those of the RESERVED and HELD rows that this sweep has not seen yet. */
  synchronized List<OrderRecord> newRows(Collection<OrderRecord> records) {
    List<OrderRecord> fresh = new ArrayList<>();
    for (OrderRecord row : records) {
      if (seen.add(row.order().id())) {
        fresh.add(row);
      }
    }
    rows += fresh.size();
    return fresh;
  }

  private List<Order> unseen(Collection<Order> orders) {
    return orders.stream().filter(order -> seen.add(order.id())).toList();
  }

  synchronized void ended(End end) {
    ends.merge(end, 1L, Long::sum);
  }

  synchronized void failed(Throwable broken) {
    HotDealException failure = Failures.of(broken);
    if (failures.size() < MAX_FAILURES) {
      failures.putIfAbsent(String.valueOf(failure.getMessage()), failure);
    }
  }

  /** Ends the sweep after this page, because a store could not be read. */
  synchronized void cutShort(Throwable broken) {
    failed(broken);
    cutShort = true;
  }

  synchronized boolean isCutShort() {
    return cutShort;
  }

  /**
   * The number of orders that could not be finished. A store may return them again before unseen
   * ones, so the page limit is increased by this number.
   */
  synchronized int unfinished() {
    return (int) (count(End.UNFINISHED) + count(End.HELD));
  }

  synchronized SweepReport report(Reconciliation reconciliation) {
    return new SweepReport(
        dealId,
        claims,
        rows,
        count(End.CONFIRMED),
        count(End.CANCELLED),
        count(End.EXPIRED),
        count(End.RETURNED),
        count(End.SETTLED),
        count(End.RELEASED),
        count(End.UNFINISHED),
        reconciliation,
        List.copyOf(failures.values()));
  }

  private long count(End end) {
    return ends.getOrDefault(end, 0L);
  }
}
