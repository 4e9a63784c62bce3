package io.hotdeal.internal.reconcile;

import io.hotdeal.Order;
import io.hotdeal.Reconciliation;
import io.hotdeal.Reconciliation.Outcome;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The algorithm that rebuilds the counter's count from the log. One attempt:
 *
 * <pre>
 *   1 counter  read the remaining units and the version
 *   2 counter  read the claims that are held
 *   3 log      read the tally, the rows of those claims, the tally again: if equal, a snapshot
 *   4 counter  set the remaining units, if the version is still the same
 * </pre>
 *
 * <p>The remaining units are those left in the log, less those of held claims without a row, whose
 * orders have not reached the log yet. An unchanged version proves that no claim and no release
 * happened between 1 and 4, so the claims of 2 were still held at the snapshot of 3. Terms that
 * have changed are given to the counter. A deal that the counter lost is first restored from the
 * log, and then corrected in the same way.
 *
 * <p>Claims of holds that have ended are shown to the caller: if their release was lost, they keep
 * units out of sale until they are overdue, which may take as long as the buyer had to pay.
 *
 * <p>Memory: the claims of one deal are held in a list, at most 500,000 of about 250 bytes, 125 MB;
 * of their rows, one page of 5,000. Thread-safe.
 */
public final class CounterReconciler {

  private static final int MAX_ATTEMPTS = 5;

  /**
   * A deal with this many held claims is not corrected, because the list may be incomplete: it is
   * BUSY, without further attempts.
   */
  private static final int MAX_CLAIMS = 500_000;

  /** How many rows one call to the log reads. */
  private static final int PAGE = 5_000;

  private final StockCounter counter;
  private final OrderLog log;
  private final AsyncStoreCalls counterCalls;
  private final AsyncStoreCalls logCalls;
  private final EventPublisher events;

  /** The deals that were restored, until a result is consistent: that one is RESTORED. */
  private final Set<String> restored = ConcurrentHashMap.newKeySet();

  public CounterReconciler(
      StockCounter counter,
      OrderLog log,
      AsyncStoreCalls counterCalls,
      AsyncStoreCalls logCalls,
      EventPublisher events) {
    this.counter = counter;
    this.log = log;
    this.counterCalls = counterCalls;
    this.logCalls = logCalls;
    this.events = events;
  }

  /**
   * Makes the counter's count of a deal exact, unless orders change the deal meanwhile. Never
   * blocks, if the executors do not.
   *
   * @param writes whether the count is written even if it is exact, which proves that the counter
   *     accepts writes
   */
  public CompletableFuture<Reconciliation> reconcile(String dealId, boolean writes) {
    return reconcile(new Attempt(dealId, writes, ended -> {}));
  }

  /**
   * The same, written only if it is not exact.
   *
   * @param endedHolds accepts the rows of ended holds whose claims are held all the same, perhaps
   *     repeatedly; must be thread-safe
   */
  public CompletableFuture<Reconciliation> reconcile(
      String dealId, Consumer<OrderRecord> endedHolds) {
    return reconcile(new Attempt(dealId, false, endedHolds));
  }

  private CompletableFuture<Reconciliation> reconcile(Attempt attempt) {
    return attempts(attempt, MAX_ATTEMPTS).thenApply(this::completed);
  }

  private Reconciliation completed(Reconciliation last) {
    Reconciliation result =
        last.isConsistent() && restored.remove(last.dealId()) ? asRestored(last) : last;
    events.publish(listener -> listener.reconciled(result));
    return result;
  }

  private static Reconciliation asRestored(Reconciliation then) {
    return new Reconciliation(then.dealId(), Outcome.RESTORED, 0, then.after(), then.pending());
  }

  private CompletableFuture<Reconciliation> attempts(Attempt attempt, int left) {
    return attempt
        .run()
        .thenCompose(
            result ->
                result.outcome() == Outcome.BUSY && left > 1 && !attempt.hasTooManyClaims
                    ? attempts(attempt, left - 1)
                    : CompletableFuture.completedFuture(result));
  }

  /**
   * Restores the deal in the counter from the log, unless the counter has it. Never blocks.
   *
   * @return whether the counter did not have the deal
   */
  CompletableFuture<Boolean> restoreFromLog(Tally tally) {
    return counterCalls.call(() -> restoreFromLogNow(tally));
  }

  /** The same, blocking. */
  public boolean restoreFromLogNow(Tally tally) {
    return counter.restore(tally.terms(), tally.left(), Stock.ABSENT);
  }

  private CompletableFuture<Optional<Tally>> tally(String dealId) {
    return logCalls.call(() -> log.tally(dealId));
  }

  /** One attempt for one deal; may be run again. */
  private final class Attempt {

    private final String dealId;
    private final boolean writes;
    private final Consumer<OrderRecord> endedHolds;
    private volatile boolean hasTooManyClaims;

    Attempt(String dealId, boolean writes, Consumer<OrderRecord> endedHolds) {
      this.dealId = dealId;
      this.writes = writes;
      this.endedHolds = endedHolds;
    }

    CompletableFuture<Reconciliation> run() {
      return counterCalls
          .call(() -> counter.stock(dealId))
          .thenCompose(stock -> stock.isPresent() ? correct(stock.get()) : restore());
    }

    private CompletableFuture<Reconciliation> restore() {
      return tally(dealId)
          .thenCompose(
              tally -> {
                if (tally.isEmpty()) {
                  return completed(Outcome.UNKNOWN_DEAL, 0);
                }
                return tally.get().closed()
                    ? completed(Outcome.NO_COUNTER, 0) // a closed deal needs no counter
                    : restoreFromLog(tally.get()).thenCompose(done -> afterRestore());
              });
    }

    private CompletableFuture<Reconciliation> afterRestore() {
      restored.add(dealId);
      return counterCalls.call(() -> counter.stock(dealId)).thenCompose(this::correctRestored);
    }

    private CompletableFuture<Reconciliation> correctRestored(Optional<Stock> stock) {
      return stock.isEmpty() // lost again
          ? completed(Outcome.BUSY, 0)
          : correct(stock.get());
    }

    private CompletableFuture<Reconciliation> correct(Stock stock) {
      return counterCalls
          .call(() -> counter.held(dealId, MAX_CLAIMS))
          .thenCompose(
              held ->
                  tally(dealId)
                      .thenCompose(
                          tally ->
                              tally.isEmpty()
                                  ? completed(Outcome.UNKNOWN_DEAL, stock.remaining())
                                  : correct(stock, held, tally.get())));
    }

    private CompletableFuture<Reconciliation> correct(Stock stock, List<Order> held, Tally tally) {
      if (!stock.hasTerms(tally.terms()) && stock.termsVersion() <= tally.terms().version()) {
        return counterCalls.run(() -> counter.change(tally.terms())).thenApply(done -> busy(stock));
      }
      return unitsNotIn(tally, held)
          .thenCompose(
              units ->
                  units.isPresent()
                      ? set(stock, tally, units.getAsLong())
                      : CompletableFuture.completedFuture(busy(stock)));
    }

    /**
     * The units of those claims that have no row in the log; empty if the log changed meanwhile, or
     * if there are too many claims.
     */
    private CompletableFuture<OptionalLong> unitsNotIn(Tally tally, List<Order> held) {
      if (held.isEmpty()) {
        return CompletableFuture.completedFuture(OptionalLong.of(0));
      }
      if (held.size() == MAX_CLAIMS) {
        hasTooManyClaims = true;
        return CompletableFuture.completedFuture(OptionalLong.empty());
      }
      return unitsWithoutRow(held, 0, 0)
          .thenCompose(
              units ->
                  tally(dealId)
                      .thenApply(
                          again ->
                              again.equals(Optional.of(tally))
                                  ? OptionalLong.of(units)
                                  : OptionalLong.empty()));
    }

    /** The units of these claims from a position on, page by page, added to those before. */
    private CompletableFuture<Long> unitsWithoutRow(List<Order> held, int from, long before) {
      if (from >= held.size()) {
        return CompletableFuture.completedFuture(before);
      }
      List<Order> page = held.subList(from, Math.min(from + PAGE, held.size()));
      return logCalls
          .call(() -> log.find(dealId, page.stream().map(Order::id).toList()))
          .thenCompose(
              rows -> unitsWithoutRow(held, from + PAGE, before + unitsWithoutRow(page, rows)));
    }

    private long unitsWithoutRow(List<Order> claims, List<Optional<OrderRecord>> rows) {
      long units = 0;
      for (int i = 0; i < claims.size(); i++) {
        Order claim = claims.get(i);
        Optional<OrderRecord> row = rows.get(i);
        if (row.filter(it -> it.takesUnitsOf(claim)).isEmpty()) {
          units += claim.quantity();
          row.filter(it -> isEndedHold(it, claim)).ifPresent(endedHolds);
        }
      }
      return units;
    }

    private CompletableFuture<Reconciliation> set(Stock stock, Tally tally, long pending) {
      long remaining = Math.max(0, tally.left() - pending);
      boolean right = remaining == stock.remaining();
      Outcome outcome = right ? exactOr(pending) : Outcome.CORRECTED;
      CompletableFuture<Boolean> unchanged =
          right && !writes
              ? counterCalls.call(() -> stillAt(stock.version()))
              : counterCalls.call(() -> counter.restore(tally.terms(), remaining, stock.version()));
      return unchanged.thenApply(
          still ->
              still
                  ? new Reconciliation(dealId, outcome, stock.remaining(), remaining, pending)
                  : busy(stock));
    }

    private static Outcome exactOr(long pending) {
      return pending == 0 ? Outcome.EXACT : Outcome.PENDING;
    }

    private boolean stillAt(long version) {
      return counter.stock(dealId).map(Stock::version).equals(Optional.of(version));
    }

    private Reconciliation busy(Stock stock) {
      return new Reconciliation(dealId, Outcome.BUSY, stock.remaining(), stock.remaining(), 0);
    }

    private CompletableFuture<Reconciliation> completed(Outcome outcome, long before) {
      return CompletableFuture.completedFuture(new Reconciliation(dealId, outcome, before, 0, 0));
    }
  }

  /** Whether the row is that of the claim, a hold, and takes no units any more. */
  private static boolean isEndedHold(OrderRecord row, Order claim) {
    return row.until() != null && row.order().sameContentAs(claim) && !row.state().takesUnits();
  }
}
