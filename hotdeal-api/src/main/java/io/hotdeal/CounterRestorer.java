package io.hotdeal;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings a deal back that the counter does not know, from the log and never from a constant, and
 * has it mended afterwards. Of many who ask at once, one does it.
 */
final class CounterRestorer {

  /** How a deal stands at the counter now. */
  enum Restored {
    THERE,
    /** The log has closed it: nobody can buy, so the counter need not know it. */
    CLOSED,
    UNKNOWN
  }

  private final Reconciler reconciler;
  private final Mender mender;
  private final LimitTeacher teacher;
  private final OrderLog log;
  private final StoreCalls logCalls;
  private final Map<String, CompletableFuture<Restored>> underWay = new ConcurrentHashMap<>();

  CounterRestorer(
      Reconciler reconciler,
      Mender mender,
      LimitTeacher teacher,
      OrderLog log,
      StoreCalls logCalls) {
    this.reconciler = reconciler;
    this.mender = mender;
    this.teacher = teacher;
    this.log = log;
    this.logCalls = logCalls;
  }

  /** Restores without blocking. */
  CompletableFuture<Restored> restore(String dealId) {
    CompletableFuture<Restored> mine = new CompletableFuture<>();
    CompletableFuture<Restored> first = underWay.putIfAbsent(dealId, mine);
    if (first != null) {
      return first;
    }
    var unused =
        restoreNow(dealId)
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

  private CompletableFuture<Restored> restoreNow(String dealId) {
    return logCalls
        .call(() -> log.tally(dealId))
        .thenCompose(
            tally -> {
              if (tally.isEmpty()) {
                return CompletableFuture.completedFuture(Restored.UNKNOWN);
              }
              return tally.get().closed()
                  ? CompletableFuture.completedFuture(Restored.CLOSED)
                  : bringBack(tally.get());
            });
  }

  private CompletableFuture<Restored> bringBack(Tally tally) {
    return reconciler
        .bringBack(tally)
        .thenApply(
            missing -> {
              mender.mend(tally.deal().id());
              if (missing) {
                teacher.teach(tally.deal().id());
              }
              return Restored.THERE;
            });
  }
}
