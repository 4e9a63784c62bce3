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
  private final StoreCalls calls;

  Reconciler(StockCounter counter, OrderLog log, StoreCalls calls) {
    this.counter = counter;
    this.log = log;
    this.calls = calls;
  }

  /** A reconciler of these two stores, which works in the thread that asks it to. */
  public static Reconciler of(StockCounter counter, OrderLog log) {
    return new Reconciler(counter, log, new StoreCalls(Runnable::run));
  }

  /**
   * Makes the counter's count of a deal right, if the deal keeps still for a moment. Blocks for a
   * few calls to each store.
   *
   * @throws HotDealException if a store cannot answer; the counter is right or as it was
   */
  public Reconciliation reconcile(String dealId) {
    return Failures.join(reconcileAsync(Ids.check("deal id", dealId)));
  }

  /** The same without blocking, on the threads of the desk. */
  CompletableFuture<Reconciliation> reconcileAsync(String dealId) {
    return attempt(dealId, ATTEMPTS);
  }

  private CompletableFuture<Reconciliation> attempt(String dealId, int left) {
    return attempt(dealId)
        .thenCompose(
            result ->
                result.outcome() == Outcome.BUSY && left > 1
                    ? attempt(dealId, left - 1)
                    : CompletableFuture.completedFuture(result));
  }

  private CompletableFuture<Reconciliation> attempt(String dealId) {
    return calls
        .call(() -> counter.stock(dealId))
        .thenCompose(stock -> stock.isPresent() ? correct(dealId, stock.get()) : restore(dealId));
  }

  private CompletableFuture<Reconciliation> restore(String dealId) {
    return tally(dealId)
        .thenCompose(
            tally ->
                tally.isEmpty()
                    ? completed(dealId, Outcome.UNKNOWN_DEAL, 0, 0)
                    : bringBack(tally.get())
                        .thenCompose(done -> calls.call(() -> counter.stock(dealId)))
                        .thenCompose(stock -> correctRestored(dealId, stock)));
  }

  private CompletableFuture<Reconciliation> correctRestored(String dealId, Optional<Stock> stock) {
    return stock.isEmpty() // lost again already
        ? completed(dealId, Outcome.BUSY, 0, 0)
        : correct(dealId, stock.get()).thenApply(Reconciler::asRestored);
  }

  /** Creates the deal in the counter as the log has it; nothing where the counter knows it. */
  CompletableFuture<Boolean> bringBack(Tally tally) {
    return calls.call(() -> bringBackNow(tally));
  }

  /** The same, blocking; answers whether the counter did not know the deal. */
  boolean bringBackNow(Tally tally) {
    boolean missing = counter.restore(tally.deal(), tally.left(), Stock.ABSENT);
    if (tally.closed()) {
      counter.close(tally.deal().id());
    }
    return missing;
  }

  private static Reconciliation asRestored(Reconciliation then) {
    return then.isExact()
        ? new Reconciliation(then.dealId(), Outcome.RESTORED, 0, then.after())
        : then;
  }

  private CompletableFuture<Reconciliation> correct(String dealId, Stock stock) {
    return calls
        .call(() -> counter.held(dealId, MOST_CLAIMS))
        .thenCompose(
            held ->
                tally(dealId)
                    .thenCompose(
                        tally ->
                            tally.isEmpty()
                                ? completed(dealId, Outcome.UNKNOWN_DEAL, stock.remaining(), 0)
                                : correct(stock, held, tally.get())));
  }

  private CompletableFuture<Reconciliation> correct(Stock stock, List<Order> held, Tally tally) {
    String dealId = tally.deal().id();
    if (tally.closed() && !stock.closed()) {
      return calls.run(() -> counter.close(dealId)).thenApply(done -> busy(dealId, stock));
    }
    return unitsNotIn(tally, held)
        .thenCompose(
            units ->
                units.isPresent()
                    ? set(stock, tally, Math.max(0, tally.left() - units.getAsLong()))
                    : CompletableFuture.completedFuture(busy(dealId, stock)));
  }

  /** The units of those claims that have no row in the log; empty if the log moved meanwhile. */
  private CompletableFuture<OptionalLong> unitsNotIn(Tally tally, List<Order> held) {
    if (held.isEmpty()) {
      return CompletableFuture.completedFuture(OptionalLong.of(0));
    }
    if (held.size() == MOST_CLAIMS) {
      return CompletableFuture.completedFuture(OptionalLong.empty());
    }
    String dealId = tally.deal().id();
    return calls
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

  private CompletableFuture<Reconciliation> set(Stock stock, Tally tally, long remaining) {
    Deal deal = tally.deal();
    if (remaining == stock.remaining()) {
      return calls
          .call(() -> counter.stock(deal.id()))
          .thenApply(again -> again.map(Stock::version).equals(Optional.of(stock.version())))
          .thenApply(still -> result(deal.id(), still, Outcome.EXACT, stock, remaining));
    }
    return calls
        .call(() -> counter.restore(deal, remaining, stock.version()))
        .thenApply(done -> result(deal.id(), done, Outcome.CORRECTED, stock, remaining));
  }

  private CompletableFuture<Optional<Tally>> tally(String dealId) {
    return calls.call(() -> log.tally(dealId));
  }

  private static Reconciliation result(
      String dealId, boolean keptStill, Outcome outcome, Stock before, long after) {
    return keptStill
        ? new Reconciliation(dealId, outcome, before.remaining(), after)
        : busy(dealId, before);
  }

  private static Reconciliation busy(String dealId, Stock stock) {
    return new Reconciliation(dealId, Outcome.BUSY, stock.remaining(), stock.remaining());
  }

  private static CompletableFuture<Reconciliation> completed(
      String dealId, Outcome outcome, long before, long after) {
    return CompletableFuture.completedFuture(new Reconciliation(dealId, outcome, before, after));
  }
}
