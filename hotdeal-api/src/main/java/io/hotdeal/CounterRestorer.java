package io.hotdeal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Brings a deal back that the counter does not know, from the log and never from a constant. Of
 * many who ask at once, one does it.
 */
final class CounterRestorer {

  private final StockCounter counter;
  private final OrderLog log;
  private final Executor executor;
  private final Map<String, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

  CounterRestorer(StockCounter counter, OrderLog log, Executor executor) {
    this.counter = counter;
    this.log = log;
    this.executor = executor;
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
    try {
      executor.execute(() -> finish(dealId, mine, () -> restoreNow(dealId)));
    } catch (RuntimeException | Error e) {
      finish(
          dealId,
          mine,
          () -> {
            throw new NothingHappenedException("restore was not started: no thread for it", e);
          });
    }
    return mine;
  }

  private void finish(String dealId, CompletableFuture<Boolean> mine, Supplier<Boolean> restore) {
    try {
      mine.complete(restore.get());
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(Failures.of(e));
    } finally {
      underWay.remove(dealId, mine);
    }
  }

  private boolean restoreNow(String dealId) {
    Optional<Tally> tally = log.tally(dealId);
    tally.ifPresent(this::restoreFrom);
    return tally.isPresent();
  }

  /** Restores and blocks; changes nothing where the counter knows the deal. */
  void restoreFrom(Tally tally) {
    counter.restore(tally.deal(), tally.left(), Stock.ABSENT);
    if (tally.closed()) {
      counter.close(tally.deal().id());
    }
  }
}
