package io.hotdeal;

import io.hotdeal.CounterGate.Travel;
import io.hotdeal.CounterGate.Upkeep;
import io.hotdeal.Threads.StoreThreads;
import java.time.Duration;
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
  private final ScheduledExecutorService timer;
  private final Executor logThreads;
  private final Executor counterThreads;
  private final Outage logOutage;
  private final TimeLimit timeLimit;
  private final StoreCalls logCalls;
  private final StoreCalls counterCalls;
  private final int mostHousekeeping;
  private final InFlight housekeeping;
  private final InFlight sweeps;

  Assembly(HotDealBuilder settings, OrderLog log, PaymentGateway payments) {
    this.settings = settings;
    this.log = log;
    this.payments = payments;
    this.timer = settings.timer != null ? settings.timer : own(Threads.forPauses());
    this.logOutage = outage("order log", settings.stallAfter, Outage.Scope.DEAL);
    this.logThreads =
        settings.executor != null ? settings.executor : own(Threads.forStoreCalls("log"));
    this.counterThreads = counterThreads();
    this.timeLimit = new TimeLimit(settings.patience, timer);
    this.logCalls = new StoreCalls(logThreads, timeLimit);
    this.counterCalls = new StoreCalls(counterThreads, timeLimit);
    this.mostHousekeeping = Math.max(settings.maxInFlight, LEAST_HOUSEKEEPING);
    this.housekeeping = new InFlight(mostHousekeeping);
    this.sweeps = new InFlight(settings.maxInFlight);
  }

  HotDeal desk() {
    Batchers batchers = batchers(logThreads);
    Books books = books(batchers);
    Gate gate = gate(books);
    Till till = till();
    RecentDeals soldOut = new RecentDeals(settings.soldOutMemory, settings.ticker);
    Sweeper sweeper = new Sweeper(gate, log, logCalls, new Finisher(gate, books, till), timeLimit);
    Set<String> opened = ConcurrentHashMap.newKeySet();
    return new HotDeal(
        log,
        gate,
        new Protocol(gate, books, till, soldOut),
        new Resolver(sweeper, sweeps, timer, () -> opened),
        opened,
        new InFlight(settings.maxInFlight, orderTimeout()),
        settings,
        end -> endHousekeeping(gate, end));
  }

  private Batchers batchers(Executor threads) {
    return new Batchers(settings.maxBatch, settings.callsPerDeal, settings.maxInFlight, threads);
  }

  private Gate gate(Books books) {
    StockCounter plain = settings.counter;
    if (plain == null) {
      return NoGate.INSTANCE;
    }
    Outage outage = outage("stock counter", settings.counterStallAfter, Outage.Scope.STORE);
    StockCounter counter = new TimedCounter(plain, outage);
    CounterGate gate =
        new CounterGate(
            counter,
            upkeep(counter, outage),
            counterCalls,
            outage,
            settings.passByWhenCounterIsDown,
            housekeeping,
            travel(books));
    outage.onStall(new Eviction(gate, logThreads));
    return gate;
  }

  /** Who waited goes on to the log, on its threads: the counter's may all hang. */
  private record Eviction(CounterGate gate, Executor threads) implements Outage.StallListener {

    @Override
    public void stalled(String dealId) {
      threads.execute(gate::evict);
    }

    @Override
    public void ended() {}
  }

  /**
   * Who waits behind a hung call of the log is let go, and another thread stands in for its own.
   */
  private record LogStalls(Books books, Executor threads, Outage.StallListener standIns)
      implements Outage.StallListener {

    @Override
    public void stalled(String dealId) {
      standIns.stalled(dealId);
      threads.execute(() -> books.evict(dealId));
    }

    @Override
    public void ended() {
      standIns.ended();
    }
  }

  private Upkeep upkeep(StockCounter counter, Outage outage) {
    Reconciler reconciler = new Reconciler(counter, log, counterCalls, logCalls);
    Mender mender = new Mender(reconciler, outage, timer);
    LimitTeacher teacher = new LimitTeacher(counter, log, counterCalls, logCalls, settings.ticker);
    return new Upkeep(
        reconciler,
        mender,
        new CounterRestorer(reconciler, mender, teacher, log, logCalls),
        teacher);
  }

  private Travel travel(Books books) {
    Batchers batchers = batchers(counterThreads);
    return new Travel(
        batchers,
        Pace.lingering(settings.claimLinger, timer).onlyFor(books::isCrowded),
        batchers.withMaxWaiting(mostHousekeeping),
        Pace.lingering(settings.settleLinger, timer));
  }

  private Books books(Batchers batchers) {
    boolean nothingDue = payments == PaymentGateway.none();
    OrderState writtenAs = nothingDue ? OrderState.PAID : OrderState.RESERVED;
    Books books = new Books(log, writtenAs, logOutage, logCalls, batchers);
    Outage.StallListener standIns =
        logThreads instanceof StoreThreads own ? own : Outage.StallListener.NOBODY;
    logOutage.onStall(new LogStalls(books, logThreads, standIns));
    return books;
  }

  private Till till() {
    return new Till(
        payments,
        new Retry(settings.chargeAttempts, settings.chargePause, timer, logThreads),
        settings.paymentTimeout);
  }

  private InFlight.Timeout orderTimeout() {
    return new InFlight.Timeout(settings.patience, settings.ticker, timer, logThreads);
  }

  private Outage outage(String store, Duration stall, Outage.Scope scope) {
    return new Outage(
        store, new Outage.Rules(settings.outagePause, stall, scope), settings.ticker, timer);
  }

  private Executor counterThreads() {
    if (settings.counterExecutor != null) {
      return settings.counterExecutor;
    }
    boolean none = settings.executor != null || settings.counter == null;
    return none ? logThreads : own(Threads.forStoreCalls("counter"));
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
