package io.hotdeal.internal.reconcile;

import io.hotdeal.Order;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The rows in the log of the claims that a counter holds of one deal.
 *
 * <p>They are read page by page, so a reading is not of one instant. But a row never returns to a
 * former state: if two readings are equal, the rows were the same all the time in between.
 */
final class ClaimedRows {

  /** How many rows one call to the log reads. */
  private static final int PAGE = 5_000;

  private final OrderLog log;
  private final AsyncStoreCalls calls;
  private final List<Order> claims;
  private final Consumer<OrderRecord> endedHolds;

  /**
   * @param claims of one deal
   * @param endedHolds accepts the rows of ended holds among them, with each reading
   */
  ClaimedRows(
      OrderLog log, AsyncStoreCalls calls, List<Order> claims, Consumer<OrderRecord> endedHolds) {
    this.log = log;
    this.calls = calls;
    this.claims = claims;
    this.endedHolds = endedHolds;
  }

  /**
   * The states of the rows.
   *
   * @param states by claim
   * @param pending the units of claims without a row that takes their units: their orders have not
   *     reached the log, or have ended there
   */
  record Reading(List<OrderState> states, long pending) {}

  int size() {
    return claims.size();
  }

  /** Reads the rows; makes no call if there are no claims. */
  CompletableFuture<Reading> read() {
    return read(new ArrayList<>(claims.size()), 0);
  }

  private CompletableFuture<Reading> read(List<OrderState> states, long pending) {
    int from = states.size();
    if (from >= claims.size()) {
      return CompletableFuture.completedFuture(new Reading(states, pending));
    }
    List<Order> page = claims.subList(from, Math.min(from + PAGE, claims.size()));
    String dealId = page.get(0).dealId();
    return calls
        .call(() -> log.find(dealId, page.stream().map(Order::id).toList()))
        .thenCompose(rows -> read(states, pending + add(page, rows, states)));
  }

  /** Adds the states of a page; returns its units without a row. */
  private long add(List<Order> page, List<Optional<OrderRecord>> rows, List<OrderState> states) {
    long pending = 0;
    for (int i = 0; i < page.size(); i++) {
      Order claim = page.get(i);
      Optional<OrderRecord> row = rows.get(i);
      states.add(row.map(OrderRecord::state).orElse(OrderState.ABSENT));
      if (row.filter(it -> it.takesUnitsOf(claim)).isEmpty()) {
        pending += claim.quantity();
        row.filter(it -> isEndedHold(it, claim)).ifPresent(endedHolds);
      }
    }
    return pending;
  }

  /** Whether the row is that of the claim, a hold, and takes no units any more. */
  private static boolean isEndedHold(OrderRecord row, Order claim) {
    return row.until() != null && row.order().sameContentAs(claim) && !row.state().takesUnits();
  }
}
