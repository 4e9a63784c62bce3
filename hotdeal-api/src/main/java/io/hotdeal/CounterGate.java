package io.hotdeal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate that is a counter: turns the losers away before they cost the log anything.
 *
 * <p>A counter that forgot the deal is restored from the log. One that cannot answer is passed by,
 * because the log alone sells correctly; or it refuses, if the builder was told so. Either way it
 * is mended once it answers again. A counter that hangs keeps nobody: who waits for it is let go as
 * soon as a call has taken too long, and goes on to the log.
 */
final class CounterGate implements Gate {

  /** How orders travel to the counter, and when their calls leave. */
  record Travel(Batchers claims, Pace claiming, Batchers housekeeping, Pace settling) {}

  /** What keeps the counter right: its count, its deals, and what its buyers have. */
  record Upkeep(
      Reconciler reconciler, Mender mender, CounterRestorer restorer, LimitTeacher teacher) {}

  private static final Logger LOG = LoggerFactory.getLogger(CounterGate.class);

  private final StockCounter counter;
  private final Upkeep upkeep;
  private final StoreCalls calls;
  private final Outage outage;
  private final boolean passByWhenDown;
  private final InFlight housekeeping;
  private final Batcher<ClaimResult> claims;
  private final Batcher<Boolean> settles;
  private final Batcher<Boolean> settlesNow;
  private final Batcher<Boolean> releases;

  /**
   * The gate that this counter is.
   *
   * @param counter one whose calls the outage times
   */
  CounterGate(
      StockCounter counter,
      Upkeep upkeep,
      StoreCalls calls,
      Outage outage,
      boolean passByWhenDown,
      InFlight housekeeping,
      Travel travel) {
    this.counter = counter;
    this.upkeep = upkeep;
    this.calls = calls;
    this.outage = outage;
    this.passByWhenDown = passByWhenDown;
    this.housekeeping = housekeeping;
    this.claims =
        travel
            .claims()
            .of(
                "claim",
                orders -> outage.noteFailure(() -> counter.claim(orders)),
                travel.claiming());
    this.settles = housekeeper(travel, "settle", counter::settle, travel.settling());
    this.settlesNow = housekeeper(travel, "settle", counter::settle, Pace.AT_ONCE);
    this.releases = housekeeper(travel, "release", counter::release, Pace.AT_ONCE);
  }

  private static Batcher<Boolean> housekeeper(
      Travel travel, String verb, Consumer<List<Order>> call, Pace pace) {
    return travel.housekeeping().ofSilent(verb, call, pace);
  }

  /** A call has taken too long: nobody waits any longer, neither for it nor for one after it. */
  void evict() {
    String why = "the stock counter does not answer";
    claims.evict(why);
    settles.evict(why);
    settlesNow.evict(why);
    releases.evict(why);
  }

  @Override
  public void open(Tally fromLog) {
    String dealId = fromLog.deal().id();
    boolean reached = fromLog.closed() || passByIfDown(dealId, () -> seed(fromLog));
    if (!reached || fromLog.hasRows()) {
      upkeep.mender().mend(dealId);
    }
  }

  private void seed(Tally fromLog) {
    if (upkeep.reconciler().bringBackNow(fromLog) && fromLog.hasRows()) {
      upkeep.teacher().teach(fromLog.deal().id());
    }
    counter.open(fromLog.deal());
  }

  @Override
  public void close(String dealId) {
    if (!passByIfDown(dealId, () -> counter.close(dealId))) {
      upkeep.mender().mend(dealId);
    }
  }

  @Override
  public void purge(String dealId) {
    boolean unused = passByIfDown(dealId, () -> counter.purge(dealId));
  }

  /** Whether the call was made. */
  private boolean passByIfDown(String dealId, Runnable call) {
    try {
      NothingHappenedException down = outage.refusalUntilProbed(dealId);
      if (down != null) {
        throw down;
      }
      outage.noteFailure(
          () -> {
            call.run();
            return true;
          });
      return true;
    } catch (DealConflictException refused) {
      throw refused;
    } catch (HotDealException broken) {
      if (!passByWhenDown) {
        throw broken;
      }
      return false;
    }
  }

  @Override
  public CompletableFuture<Pass> enter(Order order) {
    NothingHappenedException down = outage.refusalUntilProbed(order.dealId());
    if (down != null) {
      return passBy(order, down, Pass.WITHOUT_CLAIM);
    }
    return claims
        .submit(order)
        .thenCompose(result -> passOrRestore(order, result))
        .exceptionallyCompose(broken -> passBy(order, Failures.of(broken)));
  }

  /** Nothing happened, says a failure of that kind; but an earlier attempt may have claimed. */
  private CompletableFuture<Pass> passBy(Order order, HotDealException broken) {
    boolean noClaim = broken instanceof NothingHappenedException && order.firstAttempt();
    return passBy(order, broken, noClaim ? Pass.WITHOUT_CLAIM : Pass.WITH_CLAIM);
  }

  private CompletableFuture<Pass> passBy(Order order, HotDealException broken, Pass pass) {
    upkeep.mender().mend(order.dealId());
    return passByWhenDown
        ? CompletableFuture.completedFuture(pass)
        : CompletableFuture.failedFuture(broken);
  }

  private CompletableFuture<Pass> passOrRestore(Order order, ClaimResult result) {
    if (!(result instanceof Refusal.UnknownDeal)) {
      return CompletableFuture.completedFuture(passFor(result));
    }
    return upkeep
        .restorer()
        .restore(order.dealId())
        .thenCompose(
            restored ->
                switch (restored) {
                  case THERE -> claims.submit(order).thenApply(CounterGate::passFor);
                  case CLOSED -> refused(new Refusal.Closed());
                  case UNKNOWN -> refused(new Refusal.UnknownDeal());
                });
  }

  private static CompletableFuture<Pass> refused(Refusal refusal) {
    return CompletableFuture.completedFuture(Pass.refused(refusal));
  }

  private static Pass passFor(ClaimResult result) {
    if (result instanceof Refusal.UnknownDeal) {
      return Pass.WITHOUT_CLAIM; // forgotten twice: no gate at all, the log decides
    }
    return result instanceof Refusal refusal ? Pass.refused(refusal) : Pass.WITH_CLAIM;
  }

  @Override
  public CompletableFuture<Boolean> settle(Order order) {
    return keepHouse(settles, order);
  }

  @Override
  public CompletableFuture<Boolean> settleNow(Order order) {
    return keepHouse(settlesNow, order);
  }

  @Override
  public void hurry() {
    settles.hurry();
  }

  @Override
  public CompletableFuture<Boolean> release(Order order) {
    return keepHouse(releases, order);
  }

  @Override
  public CompletableFuture<List<Order>> overdue(String dealId, int limit) {
    return calls.call(() -> counter.overdue(dealId, limit));
  }

  @Override
  public CompletableFuture<Reconciliation> reconcile(String dealId) {
    return upkeep
        .reconciler()
        .reconcileAsync(dealId, false)
        .thenApply(
            result -> {
              if (result.outcome() == Reconciliation.Outcome.RESTORED) {
                upkeep.teacher().teach(dealId);
              }
              return result;
            });
  }

  @Override
  public void mend(String dealId) {
    upkeep.mender().mend(dealId);
  }

  @Override
  public void learn(Order order, Refusal refusal) {
    if (refusal instanceof Refusal.LimitReached) {
      upkeep.teacher().teachAgain(order.dealId());
    } else if (refusal instanceof Refusal.SoldOut || refusal instanceof Refusal.Closed) {
      upkeep.mender().mendLater(order.dealId());
    }
  }

  private CompletableFuture<Boolean> keepHouse(Batcher<Boolean> verb, Order order) {
    if (outage.refusalUntilProbed(order.dealId()) != null) {
      return CompletableFuture.completedFuture(false);
    }
    return housekeeping
        .start(() -> verb.submit(order))
        .exceptionally(
            broken -> {
              LOG.debug("left to the resolver: {}", order, broken);
              return false;
            });
  }
}
