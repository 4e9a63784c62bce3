package io.hotdeal.internal.recovery;

import io.hotdeal.Order;
import io.hotdeal.Reconciliation;
import io.hotdeal.SweepReport;
import io.hotdeal.UnknownDealException;
import io.hotdeal.internal.client.CounterClient;
import io.hotdeal.internal.order.OrderRecovery;
import io.hotdeal.internal.order.OrderRecovery.End;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.internal.resilience.TimeLimit;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The sweep of a deal: finishes its unfinished orders page by page, first all of the log's overdue
 * holds, then its returns, then the counter's overdue claims, then the log's old RESERVED rows, and
 * reconciles the counter at the end, which finds claims of ended holds that are not overdue. Never
 * blocks. Thread-safe.
 */
public final class Sweeper {

  private static final int PAGE = 128;
  private static final int MAX_PAGES = 1000;

  private final CounterClient counter;
  private final OrderLog log;
  private final AsyncStoreCalls calls;
  private final OrderRecovery recovery;
  private final TimeLimit timeLimit;

  public Sweeper(
      CounterClient counter,
      OrderLog log,
      AsyncStoreCalls calls,
      OrderRecovery recovery,
      TimeLimit timeLimit) {
    this.counter = counter;
    this.log = log;
    this.calls = calls;
    this.recovery = recovery;
    this.timeLimit = timeLimit;
  }

  /** What a sweep looks at. */
  enum Scope {
    /** The log and the counter. */
    ALL,
    /** The counter alone, where the log is known to have no unfinished order. */
    COUNTER
  }

  /** Sweeps a deal; without a counter, there is nothing to do in the scope of the counter. */
  CompletableFuture<SweepReport> sweep(String dealId, Scope scope) {
    SweepProgress progress = new SweepProgress(dealId);
    return (scope == Scope.ALL
            ? finishAll(progress)
            : pages(progress, this::finishClaims, MAX_PAGES))
        .thenCompose(done -> reconcile(progress));
  }

  /** Whether the counter holds claims of the deal, overdue or not. */
  CompletableFuture<Boolean> hasClaims(String dealId) {
    return counter.hasClaims(dealId);
  }

  private CompletableFuture<Boolean> finishAll(SweepProgress progress) {
    String dealId = progress.dealId;
    return calls
        .call(() -> log.balance(dealId).orElseThrow(() -> new UnknownDealException(dealId)))
        .thenCompose(
            balance -> {
              Duration hold = balance.terms().deal().hold();
              return pages(progress, this::endHolds, MAX_PAGES)
                  .thenCompose(done -> pages(progress, this::finishReturns, MAX_PAGES))
                  .thenCompose(done -> pages(progress, claimsAndRows(hold), MAX_PAGES));
            });
  }

  private CompletableFuture<Boolean> pages(SweepProgress progress, Page page, int left) {
    if (progress.isCutShort()) {
      return CompletableFuture.completedFuture(true);
    }
    return page.finish(progress, PAGE + progress.unfinished())
        .thenCompose(
            more ->
                more && left > 1
                    ? pages(progress, page, left - 1)
                    : CompletableFuture.completedFuture(true));
  }

  /** Finishes one page of orders. */
  @FunctionalInterface
  private interface Page {
    /**
     * @param limit how many to read
     * @return whether there was an order that this sweep had not seen
     */
    CompletableFuture<Boolean> finish(SweepProgress progress, int limit);
  }

  /** One page of claims, and one of rows that are older than the deal's hold. */
  private Page claimsAndRows(Duration hold) {
    return (progress, limit) ->
        finishClaims(progress, limit)
            .thenCompose(some -> finishRows(progress, hold, limit).thenApply(rows -> some || rows));
  }

  /**
   * One page of overdue holds. If none of them could be ended, it is the last page of this sweep: a
   * gateway that does not answer would delay all other orders by its time-out, once per page.
   */
  private CompletableFuture<Boolean> endHolds(SweepProgress progress, int limit) {
    return finishEach(
        progress,
        () -> log.overdueHolds(progress.dealId, limit),
        row -> recovery.finishHold(row.order()));
  }

  /** One page of returns; if none of them could be completed, the last one as with holds. */
  private CompletableFuture<Boolean> finishReturns(SweepProgress progress, int limit) {
    return finishEach(
        progress, () -> log.returning(progress.dealId, limit), recovery::finishReturn);
  }

  /** Whether some of these rows could be finished. */
  private CompletableFuture<Boolean> finishEach(
      SweepProgress progress,
      Supplier<List<OrderRecord>> read,
      Function<OrderRecord, CompletableFuture<End>> finish) {
    int unfinished = progress.unfinished();
    return emptyIfBroken(progress, calls.call(read))
        .thenCompose(
            found -> {
              List<OrderRecord> rows = progress.newRows(found);
              return all(rows.stream()
                      .map(row -> ended(progress, row.order(), () -> finish.apply(row)))
                      .toList())
                  .thenApply(done -> progress.unfinished() - unfinished < rows.size());
            });
  }

  private static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> tasks) {
    return CompletableFuture.allOf(tasks.toArray(CompletableFuture<?>[]::new));
  }

  private CompletableFuture<Boolean> finishClaims(SweepProgress progress, int limit) {
    return emptyIfBroken(progress, counter.overdue(progress.dealId, limit))
        .thenCompose(overdue -> finishClaims(progress, progress.newClaims(overdue)));
  }

  private CompletableFuture<Boolean> finishClaims(SweepProgress progress, List<Order> claims) {
    if (claims.isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    List<String> ids = claims.stream().map(Order::id).toList();
    return emptyIfBroken(progress, calls.call(() -> log.find(progress.dealId, ids)))
        .thenCompose(rows -> finishAll(progress, claims, rows));
  }

  private CompletableFuture<Boolean> finishRows(SweepProgress progress, Duration hold, int limit) {
    return emptyIfBroken(progress, calls.call(() -> log.unresolved(progress.dealId, hold, limit)))
        .thenCompose(rows -> finishRows(progress, progress.newRows(rows)));
  }

  private CompletableFuture<Boolean> finishRows(SweepProgress progress, List<OrderRecord> rows) {
    List<Order> orders = rows.stream().map(OrderRecord::order).toList();
    return finishAll(progress, orders, rows.stream().map(Optional::of).toList());
  }

  /** Finishes the orders. Those whose rows could not be read are left for the next sweep. */
  private CompletableFuture<Boolean> finishAll(
      SweepProgress progress, List<Order> orders, List<Optional<OrderRecord>> rows) {
    List<CompletableFuture<?>> all = new ArrayList<>(orders.size());
    for (int i = 0; i < orders.size(); i++) {
      if (i < rows.size()) {
        Order order = orders.get(i);
        Optional<OrderRecord> row = rows.get(i);
        all.add(ended(progress, order, () -> recovery.finish(order, row)));
      } else {
        progress.ended(End.UNFINISHED);
      }
    }
    return all(all).thenApply(done -> !orders.isEmpty());
  }

  private CompletableFuture<?> ended(
      SweepProgress progress, Order order, Supplier<CompletableFuture<End>> recovered) {
    return timeLimit
        .apply(recovered.get(), "finishing order " + order.id())
        .exceptionally(
            broken -> {
              progress.failed(broken);
              return End.UNFINISHED;
            })
        .thenAccept(progress::ended);
  }

  /**
   * Reconciles the counter, and again after claims of ended holds were found and finished. Claims
   * that could not be finished are not new, so this ends.
   */
  private CompletableFuture<SweepReport> reconcile(SweepProgress progress) {
    String dealId = progress.dealId;
    EndedHolds ended = new EndedHolds();
    return counter
        .reconcile(dealId, ended::add)
        .exceptionally(
            broken -> {
              progress.failed(broken);
              return new Reconciliation(dealId, Reconciliation.Outcome.BUSY, 0, 0, 0);
            })
        .thenCompose(
            result -> {
              List<OrderRecord> rows = ended.newTo(progress);
              return rows.isEmpty()
                  ? CompletableFuture.completedFuture(progress.report(result))
                  : finishRows(progress, rows).thenCompose(done -> reconcile(progress));
            });
  }

  private static <T> CompletableFuture<List<T>> emptyIfBroken(
      SweepProgress progress, CompletableFuture<List<T>> answer) {
    return answer.exceptionally(
        broken -> {
          progress.cutShort(broken);
          return List.of();
        });
  }
}
