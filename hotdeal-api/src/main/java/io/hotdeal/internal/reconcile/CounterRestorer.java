package io.hotdeal.internal.reconcile;

import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.internal.resilience.Failures;
import io.hotdeal.spi.DealBalance;
import io.hotdeal.spi.OrderLog;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The restore of a deal that the counter lost: creates it from the log, and schedules its
 * reconciliation. Concurrent requests share one restore. Thread-safe.
 */
public final class CounterRestorer {

  /** The result of a restore. */
  public enum Restored {
    /** The counter has the deal. */
    PRESENT,
    /** The deal is closed in the log, so the counter does not need it. */
    CLOSED,
    /** The log has no such deal. */
    UNKNOWN
  }

  private final CounterReconciler reconciler;
  private final ReconcileLoop reconcileLoop;
  private final PaidOrderReplay replay;
  private final OrderLog log;
  private final AsyncStoreCalls logCalls;
  private final Map<String, CompletableFuture<Restored>> underWay = new ConcurrentHashMap<>();

  public CounterRestorer(
      CounterReconciler reconciler,
      ReconcileLoop reconcileLoop,
      PaidOrderReplay replay,
      OrderLog log,
      AsyncStoreCalls logCalls) {
    this.reconciler = reconciler;
    this.reconcileLoop = reconcileLoop;
    this.replay = replay;
    this.log = log;
    this.logCalls = logCalls;
  }

  /** Restores a deal. Never blocks. */
  public CompletableFuture<Restored> restore(String dealId) {
    CompletableFuture<Restored> mine = new CompletableFuture<>();
    CompletableFuture<Restored> first = underWay.putIfAbsent(dealId, mine);
    if (first != null) {
      return first;
    }
    var unused =
        readLog(dealId)
            .whenComplete(
                (known, broken) -> {
                  underWay.remove(dealId, mine);
                  if (broken == null) {
                    mine.complete(known);
                  } else {
                    mine.completeExceptionally(Failures.of(broken));
                  }
                });
    return mine;
  }

  private CompletableFuture<Restored> readLog(String dealId) {
    return logCalls
        .call(() -> log.balance(dealId))
        .thenCompose(
            balance -> {
              if (balance.isEmpty()) {
                return CompletableFuture.completedFuture(Restored.UNKNOWN);
              }
              return balance.get().closed()
                  ? CompletableFuture.completedFuture(Restored.CLOSED)
                  : restore(dealId, balance.get());
            });
  }

  private CompletableFuture<Restored> restore(String dealId, DealBalance balance) {
    return reconciler
        .restoreFromLog(balance)
        .thenApply(
            missing -> {
              reconcileLoop.schedule(dealId);
              if (missing) {
                replay.start(dealId);
              }
              return Restored.PRESENT;
            });
  }
}
