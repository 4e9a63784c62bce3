package io.hotdeal;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings a deal back that the counter does not know, from the log and never from a constant, and
 * has it mended afterwards. Of many who ask at once, one does it.
 */
final class CounterRestorer {

  private final Reconciler reconciler;
  private final Mender mender;
  private final StoreCalls calls;
  private final OrderLog log;
  private final Map<String, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

  CounterRestorer(Reconciler reconciler, Mender mender, OrderLog log, StoreCalls calls) {
    this.reconciler = reconciler;
    this.mender = mender;
    this.log = log;
    this.calls = calls;
  }

  /**
   * Restores without blocking.
   *
   * @return whether the log knows the deal
   */
  CompletableFuture<Boolean> restore(String dealId) {
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    CompletableFuture<Boolean> first = underWay.putIfAbsent(dealId, mine);
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

  private CompletableFuture<Boolean> restoreNow(String dealId) {
    return calls
        .call(() -> log.tally(dealId))
        .thenCompose(
            tally ->
                tally.isEmpty()
                    ? CompletableFuture.completedFuture(false)
                    : reconciler
                        .bringBack(tally.get())
                        .thenApply(
                            missing -> {
                              mender.mend(dealId);
                              return true;
                            }));
  }
}
