package io.hotdeal.internal.client;

import io.hotdeal.ClaimResult;
import io.hotdeal.DealConflictException;
import io.hotdeal.HotDealException;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.Reconciliation;
import io.hotdeal.Refusal;
import io.hotdeal.internal.batch.Batcher;
import io.hotdeal.internal.batch.FlushPolicy;
import io.hotdeal.internal.resilience.Failures;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client of a stock counter with batched calls, which refuses orders before they put load on
 * the log.
 *
 * <p>A deal that the counter lost is restored from the log. An unavailable counter is bypassed,
 * because the log alone sells correctly, or orders are refused, if so configured; in both cases it
 * is reconciled once it is available again. Orders do not wait for a slow call: they bypass the
 * counter as soon as it exceeds the threshold.
 */
public final class BatchedCounterClient implements CounterClient {

  private static final Logger LOG = LoggerFactory.getLogger(BatchedCounterClient.class);

  private final StockCounter counter;
  private final CounterGuard guard;
  private final CounterBatching batching;
  private final CounterRecovery recovery;
  private final Batcher<Order, ClaimResult> claims;
  private final Batcher<Order, Boolean> postponements;
  private final Batcher<Order, Boolean> settles;
  private final Batcher<Order, Boolean> settlesNow;
  private final Batcher<Order, Boolean> releases;
  private final Batcher<Order, Boolean> returns;

  /**
   * Creates the client.
   *
   * @param counter the counter, whose calls the breaker's monitor times
   */
  public BatchedCounterClient(
      StockCounter counter,
      CounterGuard guard,
      CounterBatching batching,
      CounterRecovery recovery) {
    this.counter = counter;
    this.guard = guard;
    this.batching = batching;
    this.recovery = recovery;
    this.claims =
        batching
            .claims()
            .create(
                "claim",
                orders -> guard.breaker().executeWithoutClosing(() -> counter.claim(orders)),
                batching.claimFlush());
    this.postponements = housekeeping("postpone", counter::postpone, batching.settleFlush());
    this.settles = housekeeping("settle", counter::settle, batching.settleFlush());
    this.settlesNow = housekeeping("settle", counter::settle, FlushPolicy.IMMEDIATE);
    this.releases = housekeeping("release", counter::release, FlushPolicy.IMMEDIATE);
    this.returns = housekeeping("giveBack", counter::giveBack, FlushPolicy.IMMEDIATE);
  }

  private Batcher<Order, Boolean> housekeeping(
      String verb, Consumer<List<Order>> call, FlushPolicy flushPolicy) {
    return batching.housekeeping().createVoid(verb, call, flushPolicy);
  }

  /** Fails all orders that wait for the counter, because a call to it is slow. */
  public void evict() {
    String why = "the stock counter does not answer";
    claims.evict(why);
    postponements.evict(why);
    settles.evict(why);
    settlesNow.evict(why);
    releases.evict(why);
    returns.evict(why);
  }

  // deals

  @Override
  public void open(Tally fromLog) {
    String dealId = fromLog.deal().id();
    boolean reached = fromLog.closed() || callOrBypass(dealId, () -> create(fromLog));
    if (!reached || fromLog.hasRows()) {
      scheduleReconcile(dealId);
    }
  }

  private void create(Tally fromLog) {
    if (recovery.reconciler().restoreFromLogNow(fromLog.balance()) && fromLog.hasRows()) {
      recovery.replay().start(fromLog.deal().id());
    }
    if (fromLog.terms().version() == 1) {
      counter.open(fromLog.deal());
    } else {
      counter.change(fromLog.terms());
    }
  }

  @Override
  public void change(DealTerms terms) {
    String dealId = terms.deal().id();
    if (!callOrBypass(dealId, () -> counter.change(terms))) {
      scheduleReconcile(dealId);
    }
  }

  @Override
  public void purge(DealTerms closed) {
    String dealId = closed.deal().id();
    if (!callOrBypass(dealId, () -> purgeNow(closed))) {
      scheduleReconcile(dealId); // only a reconciliation closes the breaker
    }
  }

  /** The counter may have missed that the deal was closed, and purges no open one. */
  private void purgeNow(DealTerms closed) {
    counter.change(closed);
    counter.purge(closed.deal().id());
  }

  /**
   * Whether the call succeeded. If not, throws if orders are refused while the counter is down. The
   * log has changed already, so that failure is never "nothing happened".
   */
  private boolean callOrBypass(String dealId, Runnable call) {
    try {
      NothingHappenedException down = guard.breaker().refusalUntilProbed(dealId);
      if (down != null) {
        throw down;
      }
      return guard
          .breaker()
          .executeWithoutClosing(
              () -> {
                call.run();
                return true;
              });
    } catch (DealConflictException refused) {
      throw refused;
    } catch (RuntimeException e) {
      HotDealException broken = Failures.of(e);
      if (guard.refusesWhenDown()) {
        scheduleReconcile(dealId); // only a reconciliation closes the breaker
        throw broken instanceof OutcomeUnknownException
            ? broken
            : new OutcomeUnknownException(
                "deal " + dealId + " was changed in the log, not in the counter: repeat the call",
                broken);
      }
      return false;
    }
  }

  // claims

  @Override
  public CompletableFuture<Pass> claim(Order order) {
    NothingHappenedException down = guard.breaker().refusalUntilProbed(order.dealId());
    if (down != null) {
      return bypass(order, down, Pass.WITHOUT_CLAIM);
    }
    return claims
        .submit(order)
        .thenCompose(result -> passOrRestore(order, result))
        .exceptionallyCompose(broken -> bypass(order, Failures.of(broken)));
  }

  /** Even if this attempt certainly had no effect, an earlier one may hold a claim. */
  private CompletableFuture<Pass> bypass(Order order, HotDealException broken) {
    boolean noClaim = broken instanceof NothingHappenedException && order.firstAttempt();
    return bypass(order, broken, noClaim ? Pass.WITHOUT_CLAIM : Pass.WITH_CLAIM);
  }

  private CompletableFuture<Pass> bypass(Order order, HotDealException broken, Pass pass) {
    scheduleReconcile(order.dealId());
    return guard.refusesWhenDown()
        ? CompletableFuture.failedFuture(broken)
        : CompletableFuture.completedFuture(pass);
  }

  private CompletableFuture<Pass> passOrRestore(Order order, ClaimResult result) {
    if (!(result instanceof Refusal.UnknownDeal)) {
      return CompletableFuture.completedFuture(passFor(result));
    }
    return recovery
        .restorer()
        .restore(order.dealId())
        .thenCompose(
            restored ->
                switch (restored) {
                  case PRESENT -> claims.submit(order).thenApply(BatchedCounterClient::passFor);
                  case CLOSED -> refused(new Refusal.Closed());
                  case UNKNOWN -> refused(new Refusal.UnknownDeal());
                });
  }

  private static CompletableFuture<Pass> refused(Refusal refusal) {
    return CompletableFuture.completedFuture(Pass.refused(refusal));
  }

  private static Pass passFor(ClaimResult result) {
    if (result instanceof Refusal.UnknownDeal) {
      return Pass.WITHOUT_CLAIM; // the counter lost the deal again: the log decides
    }
    return result instanceof Refusal refusal ? Pass.refused(refusal) : Pass.WITH_CLAIM;
  }

  // housekeeping

  @Override
  public CompletableFuture<Boolean> postpone(Order order) {
    return submitBestEffort(postponements, order);
  }

  @Override
  public CompletableFuture<Boolean> settle(Order order) {
    return submitBestEffort(settles, order);
  }

  @Override
  public CompletableFuture<Boolean> settleNow(Order order) {
    return submitBestEffort(settlesNow, order);
  }

  @Override
  public void flush() {
    postponements.flush();
    settles.flush();
  }

  @Override
  public CompletableFuture<Boolean> release(Order order) {
    return submitBestEffort(releases, order);
  }

  @Override
  public CompletableFuture<Boolean> giveBack(Order order) {
    return submitBestEffort(returns, order);
  }

  private CompletableFuture<Boolean> submitBestEffort(Batcher<Order, Boolean> verb, Order order) {
    if (guard.breaker().refusalUntilProbed(order.dealId()) != null) {
      return CompletableFuture.completedFuture(false);
    }
    return batching
        .housekeepingLimit()
        .start(() -> verb.submit(order))
        .exceptionally(
            broken -> {
              LOG.debug("left to the resolver: {}", order, broken);
              return false;
            });
  }

  // recovery

  @Override
  public CompletableFuture<List<Order>> overdue(String dealId, int limit) {
    return guard.calls().call(() -> counter.overdue(dealId, limit));
  }

  @Override
  public CompletableFuture<Boolean> hasClaims(String dealId) {
    return guard
        .calls()
        .call(() -> counter.stock(dealId).filter(it -> it.claimed() > 0).isPresent());
  }

  @Override
  public CompletableFuture<Reconciliation> reconcile(
      String dealId, Consumer<OrderRecord> endedHolds) {
    return recovery
        .reconciler()
        .reconcile(dealId, endedHolds)
        .thenApply(
            result -> {
              if (result.outcome() == Reconciliation.Outcome.RESTORED) {
                recovery.replay().start(dealId);
              }
              return result;
            });
  }

  @Override
  public void scheduleReconcile(String dealId) {
    recovery.loop().schedule(dealId);
  }

  @Override
  public void stop() {
    recovery.loop().stop();
  }

  @Override
  public void correctAfter(Order order, Refusal logRefusal) {
    if (logRefusal instanceof Refusal.LimitReached) {
      recovery.replay().startIfDue(order.dealId());
    } else if (!(logRefusal instanceof Refusal.Conflict)) {
      recovery.loop().scheduleLater(order.dealId());
    }
  }
}
