package io.hotdeal.internal.reconcile;

import io.hotdeal.Order;
import io.hotdeal.Reconciliation;
import io.hotdeal.Reconciliation.Outcome;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.reconcile.ClaimedRows.Reading;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.spi.DealBalance;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import java.util.Optional;
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
 *   3 log      read the rows of those claims, what is left, the rows again: if equal, a snapshot
 *   4 counter  set the remaining units, if the version is still the same
 * </pre>
 *
 * <p>The remaining units are those left in the log, less those of held claims without a row, whose
 * orders have not reached the log yet. The rows are the same before and after what is left was
 * read, and no row ever returns to a former state, so they were the same at that instant. An
 * unchanged version proves that no claim and no release happened between 1 and 4, so the claims of
 * 2 were still held at that instant. Nothing is read but the held claims' rows and the deal's own:
 * the cost does not depend on what was ever sold. Terms that have changed are given to the counter.
 * A deal that the counter lost is first restored from the log, and then corrected in the same way.
 *
 * <p>Claims of holds that have ended are shown to the caller: if their release was lost, they keep
 * units out of sale until they are overdue, which may take as long as the buyer had to pay.
 *
 * <p>Memory: the claims of one deal are held in a list, at most 500,000 of about 250 bytes, 125 MB;
 * of their rows, the states, and one page of 5,000. Thread-safe.
 */
public final class CounterReconciler {

  private static final int MAX_ATTEMPTS = 5;

  /**
   * A deal with this many held claims is not corrected, because the list may be incomplete: it is
   * BUSY, without further attempts.
   */
  private static final int MAX_CLAIMS = 500_000;

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
  CompletableFuture<Boolean> restoreFromLog(DealBalance balance) {
    return counterCalls.call(() -> restoreFromLogNow(balance));
  }

  /** The same, blocking. */
  public boolean restoreFromLogNow(DealBalance balance) {
    return counter.restore(balance.terms(), balance.left(), Stock.ABSENT);
  }

  private CompletableFuture<Optional<DealBalance>> balance(String dealId) {
    return logCalls.call(() -> log.balance(dealId));
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
      return balance(dealId)
          .thenCompose(
              balance -> {
                if (balance.isEmpty()) {
                  return completed(Outcome.UNKNOWN_DEAL, 0);
                }
                return balance.get().closed()
                    ? completed(Outcome.NO_COUNTER, 0) // a closed deal needs no counter
                    : restoreFromLog(balance.get()).thenCompose(done -> afterRestore());
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
              held -> {
                hasTooManyClaims = held.size() == MAX_CLAIMS;
                List<Order> claims = hasTooManyClaims ? List.of() : held;
                return correct(stock, new ClaimedRows(log, logCalls, claims, endedHolds));
              });
    }

    private CompletableFuture<Reconciliation> correct(Stock stock, ClaimedRows rows) {
      return rows.read()
          .thenCompose(
              before ->
                  balance(dealId)
                      .thenCompose(
                          balance ->
                              balance.isEmpty()
                                  ? completed(Outcome.UNKNOWN_DEAL, stock.remaining())
                                  : correct(stock, rows, before, balance.get())));
    }

    private CompletableFuture<Reconciliation> correct(
        Stock stock, ClaimedRows rows, Reading before, DealBalance balance) {
      if (!stock.hasTerms(balance.terms()) && stock.termsVersion() <= balance.terms().version()) {
        return counterCalls
            .run(() -> counter.change(balance.terms()))
            .thenApply(done -> busy(stock));
      }
      if (hasTooManyClaims) {
        return CompletableFuture.completedFuture(busy(stock));
      }
      return rows.read()
          .thenCompose(
              after ->
                  after.equals(before)
                      ? set(stock, balance, before.pending())
                      : CompletableFuture.completedFuture(busy(stock)));
    }

    private CompletableFuture<Reconciliation> set(Stock stock, DealBalance balance, long pending) {
      long remaining = Math.max(0, balance.left() - pending);
      boolean right = remaining == stock.remaining();
      Outcome outcome = right ? exactOr(pending) : Outcome.CORRECTED;
      CompletableFuture<Boolean> unchanged =
          right && !writes
              ? counterCalls.call(() -> stillAt(stock.version()))
              : counterCalls.call(
                  () -> counter.restore(balance.terms(), remaining, stock.version()));
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
}
