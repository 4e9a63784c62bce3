package io.hotdeal;

import io.hotdeal.CounterGate.Travel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** Puts a desk together from its settings. */
final class Assembly {

  /** Whatever sweeps bring at once has to fit, however few orders may be under way. */
  private static final int LEAST_HOUSEKEEPING = 10_000;

  private final HotDealBuilder settings;
  private final OrderLog log;
  private final PaymentGateway payments;
  private final List<ExecutorService> ownThreads = new ArrayList<>();
  private final int mostHousekeeping;
  private final InFlight housekeeping;
  private final InFlight sweeps;
  private final Executor executor;
  private final ScheduledExecutorService timer;

  Assembly(HotDealBuilder settings, OrderLog log, PaymentGateway payments) {
    this.settings = settings;
    this.log = log;
    this.payments = payments;
    this.mostHousekeeping = Math.max(settings.maxInFlight, LEAST_HOUSEKEEPING);
    this.housekeeping = new InFlight(mostHousekeeping);
    this.sweeps = new InFlight(settings.maxInFlight);
    this.executor = settings.executor != null ? settings.executor : own(Threads.forStoreCalls());
    this.timer = settings.timer != null ? settings.timer : own(Threads.forPauses());
  }

  HotDeal desk() {
    Batchers batchers =
        new Batchers(settings.maxBatch, settings.callsPerDeal, settings.maxInFlight, executor);
    StoreCalls calls = new StoreCalls(executor);
    Books books = books(batchers);
    Gate gate = gate(calls, travel(batchers, books));
    Till till = till();
    SoldOutMemory soldOut = new SoldOutMemory(settings.soldOutMemory, settings.ticker);
    Sweeper sweeper = new Sweeper(gate, log, calls, new Finisher(gate, books, till));
    Set<String> opened = ConcurrentHashMap.newKeySet();
    return new HotDeal(
        log,
        gate,
        new Protocol(gate, books, till, soldOut),
        new Resolver(sweeper, sweeps, timer, () -> opened),
        opened,
        new InFlight(settings.maxInFlight),
        settings,
        end -> endHousekeeping(gate, end));
  }

  private Gate gate(StoreCalls calls, Travel travel) {
    StockCounter counter = settings.counter;
    if (counter == null) {
      return NoGate.INSTANCE;
    }
    Reconciler reconciler = new Reconciler(counter, log, calls);
    Mender mender = new Mender(reconciler, timer);
    return new CounterGate(
        counter,
        reconciler,
        mender,
        new CounterRestorer(reconciler, mender, log, calls),
        calls,
        outage("stock counter"),
        settings.passByWhenCounterIsDown,
        housekeeping,
        travel);
  }

  private Travel travel(Batchers batchers, Books books) {
    return new Travel(
        batchers,
        Pace.lingering(settings.claimLinger, timer).onlyFor(books::isCrowded),
        batchers.withMaxWaiting(mostHousekeeping),
        Pace.lingering(settings.settleLinger, timer));
  }

  private Books books(Batchers batchers) {
    boolean nothingDue = payments == PaymentGateway.none();
    return new Books(
        log, nothingDue ? OrderState.PAID : OrderState.RESERVED, outage("order log"), batchers);
  }

  private Till till() {
    return new Till(
        payments,
        new Retry(settings.chargeAttempts, settings.chargePause, timer),
        settings.paymentTimeout);
  }

  private Outage outage(String store) {
    return new Outage(store, settings.outagePause, settings.stallAfter, settings.ticker);
  }

  private <E extends ExecutorService> E own(E threads) {
    ownThreads.add(threads);
    return threads;
  }

  private void endHousekeeping(Gate gate, long end) {
    gate.hurry();
    sweeps.close(end, Assembly::leftToTheResolver);
    housekeeping.close(end, Assembly::leftToTheResolver);
    ownThreads.forEach(ExecutorService::shutdownNow);
  }

  private static HotDealException leftToTheResolver() {
    return new OutcomeUnknownException("the desk closed, left to the resolver");
  }
}
