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
 * is mended once it answers again.
 */
final class CounterGate implements Gate {

  /** How orders travel to the counter, and when their calls leave. */
  record Travel(Batchers claims, Pace claiming, Batchers housekeeping, Pace settling) {}

  private static final Logger LOG = LoggerFactory.getLogger(CounterGate.class);

  private final StockCounter counter;
  private final Reconciler reconciler;
  private final Mender mender;
  private final CounterRestorer restorer;
  private final StoreCalls calls;
  private final Outage outage;
  private final boolean passByWhenDown;
  private final InFlight housekeeping;
  private final Batcher<ClaimResult> claims;
  private final Batcher<Boolean> settles;
  private final Batcher<Boolean> settlesNow;
  private final Batcher<Boolean> releases;

  CounterGate(
      StockCounter counter,
      Reconciler reconciler,
      Mender mender,
      CounterRestorer restorer,
      StoreCalls calls,
      Outage outage,
      boolean passByWhenDown,
      InFlight housekeeping,
      Travel travel) {
    this.counter = counter;
    this.reconciler = reconciler;
    this.mender = mender;
    this.restorer = restorer;
    this.calls = calls;
    this.outage = outage;
    this.passByWhenDown = passByWhenDown;
    this.housekeeping = housekeeping;
    this.claims = travel.claims().of("claim", this::claim, travel.claiming());
    this.settles = housekeeper(travel, "settle", counter::settle, travel.settling());
    this.settlesNow = housekeeper(travel, "settle", counter::settle, Pace.AT_ONCE);
    this.releases = housekeeper(travel, "release", counter::release, Pace.AT_ONCE);
  }

  private Batcher<Boolean> housekeeper(
      Travel travel, String verb, Consumer<List<Order>> call, Pace pace) {
    return travel.housekeeping().ofSilent(verb, orders -> write(() -> call.accept(orders)), pace);
  }

  /** Housekeeping begins no outage, but ends one: where no buyers come, nothing else would. */
  private void write(Runnable call) {
    call.run();
    outage.answered();
  }

  @Override
  public void open(Tally fromLog) {
    passByIfDown(
        () -> {
          reconciler.bringBackNow(fromLog);
          counter.open(fromLog.deal());
        });
    if (fromLog.hasRows()) {
      mender.mend(fromLog.deal().id());
    }
  }

  @Override
  public void close(String dealId) {
    passByIfDown(() -> counter.close(dealId));
  }

  @Override
  public void purge(String dealId) {
    passByIfDown(() -> counter.purge(dealId));
  }

  private void passByIfDown(Runnable call) {
    try {
      outage.watch(call);
    } catch (DealConflictException refused) {
      throw refused;
    } catch (HotDealException broken) {
      if (!passByWhenDown) {
        throw broken;
      }
    }
  }

  @Override
  public CompletableFuture<Pass> enter(Order order) {
    NothingHappenedException down = outage.refusal();
    if (down != null) {
      return passBy(order, down, Pass.WITHOUT_CLAIM);
    }
    outage.asking();
    return claims
        .submit(order)
        .thenCompose(result -> passOrRestore(order, result))
        .exceptionallyCompose(broken -> passBy(order, Failures.of(broken)));
  }

  private List<ClaimResult> claim(List<Order> orders) {
    return outage.watch(() -> counter.claim(orders));
  }

  /** Nothing happened, says a failure of that kind; but an earlier attempt may have claimed. */
  private CompletableFuture<Pass> passBy(Order order, HotDealException broken) {
    boolean noClaim = broken instanceof NothingHappenedException && order.firstAttempt();
    return passBy(order, broken, noClaim ? Pass.WITHOUT_CLAIM : Pass.WITH_CLAIM);
  }

  private CompletableFuture<Pass> passBy(Order order, HotDealException broken, Pass pass) {
    mender.mend(order.dealId());
    return passByWhenDown
        ? CompletableFuture.completedFuture(pass)
        : CompletableFuture.failedFuture(broken);
  }

  private CompletableFuture<Pass> passOrRestore(Order order, ClaimResult result) {
    if (!(result instanceof Refusal.UnknownDeal)) {
      return CompletableFuture.completedFuture(passFor(result));
    }
    return restorer
        .restore(order.dealId())
        .thenCompose(
            known ->
                known
                    ? claims.submit(order).thenApply(CounterGate::passFor)
                    : CompletableFuture.completedFuture(Pass.refused(new Refusal.UnknownDeal())));
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
    return reconciler.reconcileAsync(dealId);
  }

  @Override
  public void mend(String dealId) {
    mender.mend(dealId);
  }

  private CompletableFuture<Boolean> keepHouse(Batcher<Boolean> verb, Order order) {
    if (outage.refusal() != null) {
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
