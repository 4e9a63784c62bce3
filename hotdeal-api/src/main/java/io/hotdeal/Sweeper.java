package io.hotdeal;

import io.hotdeal.Finisher.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Goes through what was left of a deal, page by page, without blocking: the counter's overdue
 * claims, the log's old RESERVED rows, and last the counter's count.
 */
final class Sweeper {

  private static final int PAGE = 128;
  private static final int MOST_PAGES = 1000;

  private final Gate gate;
  private final OrderLog log;
  private final StoreCalls calls;
  private final Finisher finisher;
  private final TimeLimit timeLimit;

  Sweeper(Gate gate, OrderLog log, StoreCalls calls, Finisher finisher, TimeLimit timeLimit) {
    this.gate = gate;
    this.log = log;
    this.calls = calls;
    this.finisher = finisher;
    this.timeLimit = timeLimit;
  }

  CompletableFuture<SweepReport> sweep(String dealId) {
    return calls
        .call(() -> log.tally(dealId).orElseThrow(() -> new UnknownDealException(dealId)))
        .thenCompose(
            tally -> {
              Sweep sweep = new Sweep(tally.deal());
              return pages(sweep, MOST_PAGES).thenCompose(done -> reconcile(sweep));
            });
  }

  private CompletableFuture<Boolean> pages(Sweep sweep, int left) {
    return page(sweep)
        .thenCompose(
            more ->
                more && left > 1 && !sweep.isCutShort()
                    ? pages(sweep, left - 1)
                    : CompletableFuture.completedFuture(true));
  }

  /** Finishes one page of orders; answers whether there was one that this sweep had not seen. */
  private CompletableFuture<Boolean> page(Sweep sweep) {
    int limit = PAGE + sweep.unfinished();
    String dealId = sweep.deal.id();
    Duration hold = sweep.deal.hold();
    CompletableFuture<Boolean> claims =
        orNone(sweep, gate.overdue(dealId, limit))
            .thenCompose(overdue -> finishClaims(sweep, sweep.newClaims(overdue)));
    return claims.thenCompose(
        some ->
            orNone(sweep, calls.call(() -> log.unresolved(dealId, hold, limit)))
                .thenCompose(rows -> finishRows(sweep, sweep.newRows(rows)))
                .thenApply(someRows -> some || someRows));
  }

  private CompletableFuture<Boolean> finishClaims(Sweep sweep, List<Order> claims) {
    if (claims.isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    List<String> ids = claims.stream().map(Order::id).toList();
    return orNone(sweep, calls.call(() -> log.find(sweep.deal.id(), ids)))
        .thenCompose(rows -> finishAll(sweep, claims, rows));
  }

  private CompletableFuture<Boolean> finishRows(Sweep sweep, List<OrderRecord> rows) {
    List<Order> orders = rows.stream().map(OrderRecord::order).toList();
    return finishAll(sweep, orders, rows.stream().map(Optional::of).toList());
  }

  /** Where the log did not say what it has, the orders are left for the next sweep. */
  private CompletableFuture<Boolean> finishAll(
      Sweep sweep, List<Order> orders, List<Optional<OrderRecord>> rows) {
    List<CompletableFuture<?>> all = new ArrayList<>(orders.size());
    for (int i = 0; i < orders.size(); i++) {
      if (i < rows.size()) {
        all.add(finish(sweep, orders.get(i), rows.get(i)));
      } else {
        sweep.ended(End.UNFINISHED);
      }
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .thenApply(done -> !orders.isEmpty());
  }

  private CompletableFuture<?> finish(Sweep sweep, Order order, Optional<OrderRecord> row) {
    return timeLimit
        .apply(finisher.finish(order, row), "finishing order " + order.id())
        .exceptionally(
            broken -> {
              sweep.failed(broken);
              return End.UNFINISHED;
            })
        .thenAccept(sweep::ended);
  }

  private CompletableFuture<SweepReport> reconcile(Sweep sweep) {
    String dealId = sweep.deal.id();
    return gate.reconcile(dealId)
        .exceptionally(
            broken -> {
              sweep.failed(broken);
              return new Reconciliation(dealId, Reconciliation.Outcome.BUSY, 0, 0, 0);
            })
        .thenApply(sweep::report);
  }

  private static <T> CompletableFuture<List<T>> orNone(
      Sweep sweep, CompletableFuture<List<T>> answer) {
    return answer.exceptionally(
        broken -> {
          sweep.cutShort(broken);
          return List.of();
        });
  }
}
