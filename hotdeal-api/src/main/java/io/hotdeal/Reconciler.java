package io.hotdeal;

import io.hotdeal.Reconciliation.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Rebuilds what the counter offers from what the log has left.
 *
 * <p>Right is: what the log has left, less the units of claims that are held but not in the log,
 * whose orders are still on their way there. One attempt, in this order:
 *
 * <pre>
 *   1 counter  what remains, and its version
 *   2 counter  the claims that are held
 *   3 log      the tally, the rows of those claims, the tally again: unchanged, so one snapshot
 *   4 counter  set what remains, if the version still is the same
 * </pre>
 *
 * <p>No claim and no release came between 1 and 4, so the snapshot of 3 saw the very claims of 2. A
 * deal that the counter lost is restored from the log at once, and then corrected in the same way
 * by the claims that survived. Any number of reconcilers, in any processes, may work at once. While
 * orders come and go at every instant no attempt succeeds; there is no need either, as long as
 * neither side says that nothing is left. Thread-safe.
 */
public final class Reconciler {

  private static final int ATTEMPTS = 5;

  /** More claims than this are not held by one deal unless it is busy. */
  private static final int MOST_CLAIMS = 20_000;

  private final StockCounter counter;
  private final OrderLog log;
  private final StoreCalls counterCalls;
  private final StoreCalls logCalls;

  Reconciler(StockCounter counter, OrderLog log, StoreCalls counterCalls, StoreCalls logCalls) {
    this.counter = counter;
    this.log = log;
    this.counterCalls = counterCalls;
    this.logCalls = logCalls;
  }

  /** A reconciler of these two stores, which works in the thread that asks it to. */
  public static Reconciler of(StockCounter counter, OrderLog log) {
    StoreCalls here = new StoreCalls(Runnable::run, null);
    return new Reconciler(counter, log, here, here);
  }

  /**
   * Makes the counter's count of a deal right, if the deal keeps still for a moment. Blocks for a
   * few calls to each store.
   *
   * @throws HotDealException if a store cannot answer; the counter is right or as it was
   */
  public Reconciliation reconcile(String dealId) {
    return Failures.join(reconcileAsync(Ids.check("deal id", dealId), false));
  }

  /**
   * The same without blocking, on the threads of the desk.
   *
   * @param writes whether the count is written even if it is right, which proves that the counter
   *     can be written
   */
  CompletableFuture<Reconciliation> reconcileAsync(String dealId, boolean writes) {
    return attempts(new Attempt(dealId, writes), ATTEMPTS);
  }

  private CompletableFuture<Reconciliation> attempts(Attempt attempt, int left) {
    return attempt
        .run()
        .thenCompose(
            result ->
                result.outcome() == Outcome.BUSY && left > 1
                    ? attempts(attempt, left - 1)
                    : CompletableFuture.completedFuture(result));
  }

  /** Creates the deal in the counter as the log has it; nothing where the counter knows it. */
  CompletableFuture<Boolean> bringBack(Tally tally) {
    return counterCalls.call(() -> bringBackNow(tally));
  }

  /** The same, blocking; answers whether the counter did not know the deal. */
  boolean bringBackNow(Tally tally) {
    return counter.restore(tally.deal(), tally.left(), Stock.ABSENT);
  }

  private CompletableFuture<Optional<Tally>> tally(String dealId) {
    return logCalls.call(() -> log.tally(dealId));
  }

  /** One attempt at one deal; may be run again. */
  private final class Attempt {

    private final String dealId;
    private final boolean writes;

    Attempt(String dealId, boolean writes) {
      this.dealId = dealId;
      this.writes = writes;
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
                    ? completed(Outcome.NO_COUNTER, 0) // nobody can buy: it stays forgotten
                    : bringBack(tally.get())
                        .thenCompose(done -> counterCalls.call(() -> counter.stock(dealId)))
                        .thenCompose(this::correctRestored);
              });
    }

    private CompletableFuture<Reconciliation> correctRestored(Optional<Stock> stock) {
      return stock.isEmpty() // lost again already
          ? completed(Outcome.BUSY, 0)
          : correct(stock.get()).thenApply(Attempt::asRestored);
    }

    private static Reconciliation asRestored(Reconciliation then) {
      return then.isConsistent()
          ? new Reconciliation(then.dealId(), Outcome.RESTORED, 0, then.after(), then.pending())
          : then;
    }

    private CompletableFuture<Reconciliation> correct(Stock stock) {
      return counterCalls
          .call(() -> counter.held(dealId, MOST_CLAIMS))
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
      if (tally.closed() && !stock.closed()) {
        return counterCalls.run(() -> counter.close(dealId)).thenApply(done -> busy(stock));
      }
      return unitsNotIn(tally, held)
          .thenCompose(
              units ->
                  units.isPresent()
                      ? set(stock, tally, units.getAsLong())
                      : CompletableFuture.completedFuture(busy(stock)));
    }

    /** The units of those claims that have no row in the log; empty if the log moved meanwhile. */
    private CompletableFuture<OptionalLong> unitsNotIn(Tally tally, List<Order> held) {
      if (held.isEmpty()) {
        return CompletableFuture.completedFuture(OptionalLong.of(0));
      }
      if (held.size() == MOST_CLAIMS) {
        return CompletableFuture.completedFuture(OptionalLong.empty());
      }
      return logCalls
          .call(() -> log.find(dealId, held.stream().map(Order::id).toList()))
          .thenCompose(
              rows ->
                  tally(dealId)
                      .thenApply(
                          again ->
                              again.equals(Optional.of(tally))
                                  ? OptionalLong.of(unitsWithoutRow(held, rows))
                                  : OptionalLong.empty()));
    }

    private CompletableFuture<Reconciliation> set(Stock stock, Tally tally, long pending) {
      long remaining = Math.max(0, tally.left() - pending);
      boolean right = remaining == stock.remaining();
      Outcome outcome = right ? exactOr(pending) : Outcome.CORRECTED;
      CompletableFuture<Boolean> keptStill =
          right && !writes
              ? counterCalls.call(() -> stillAt(stock.version()))
              : counterCalls.call(() -> counter.restore(tally.deal(), remaining, stock.version()));
      return keptStill.thenApply(
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

  private static long unitsWithoutRow(List<Order> held, List<Optional<OrderRecord>> rows) {
    long units = 0;
    for (int i = 0; i < held.size(); i++) {
      Order claim = held.get(i);
      if (rows.get(i).filter(row -> row.takesUnitsOf(claim)).isEmpty()) {
        units += claim.quantity();
      }
    }
    return units;
  }
}
