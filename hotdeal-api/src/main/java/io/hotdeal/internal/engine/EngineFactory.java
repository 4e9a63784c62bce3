package io.hotdeal.internal.engine;

import io.hotdeal.HotDealListener.Store;
import io.hotdeal.PaymentGateway;
import io.hotdeal.internal.batch.BatchPolicy;
import io.hotdeal.internal.batch.BatcherFactory;
import io.hotdeal.internal.batch.FlushPolicy;
import io.hotdeal.internal.batch.Lanes;
import io.hotdeal.internal.client.BatchedCounterClient;
import io.hotdeal.internal.client.CounterBatching;
import io.hotdeal.internal.client.CounterClient;
import io.hotdeal.internal.client.CounterGuard;
import io.hotdeal.internal.client.CounterRecovery;
import io.hotdeal.internal.client.LogClient;
import io.hotdeal.internal.client.NoCounterClient;
import io.hotdeal.internal.client.PaymentClient;
import io.hotdeal.internal.client.TimedStockCounter;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.order.HoldFlow;
import io.hotdeal.internal.order.OrderFlow;
import io.hotdeal.internal.order.OrderFlows;
import io.hotdeal.internal.order.OrderRecovery;
import io.hotdeal.internal.order.ReturnFlow;
import io.hotdeal.internal.outbox.OutboxDelivery;
import io.hotdeal.internal.reconcile.CounterReconciler;
import io.hotdeal.internal.reconcile.CounterRestorer;
import io.hotdeal.internal.reconcile.PaidOrderReplay;
import io.hotdeal.internal.reconcile.ReconcileLoop;
import io.hotdeal.internal.recovery.DealSweeps;
import io.hotdeal.internal.recovery.HousekeepingClient;
import io.hotdeal.internal.recovery.SweepRounds;
import io.hotdeal.internal.recovery.SweepScheduler;
import io.hotdeal.internal.recovery.Sweeper;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.internal.resilience.Bulkhead;
import io.hotdeal.internal.resilience.CallerRunsExecutor;
import io.hotdeal.internal.resilience.CircuitBreaker;
import io.hotdeal.internal.resilience.ExpiringDealSet;
import io.hotdeal.internal.resilience.Retry;
import io.hotdeal.internal.resilience.SlowCallMonitor;
import io.hotdeal.internal.resilience.SlowCallMonitor.Rules;
import io.hotdeal.internal.resilience.SlowCallMonitor.Scope;
import io.hotdeal.internal.resilience.TimeLimit;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.StockCounter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;

/** The factory that creates the parts of a HotDeal from its configuration, and connects them. */
public final class EngineFactory {

  private final EngineConfig config;
  private final EventPublisher events;
  private final EngineThreads threads;

  /** Runs what the timer starts, and reactions to slow calls: on a thread of the log, if it can. */
  private final Executor continuations;

  private final TimeLimit timeLimit;
  private final AsyncStoreCalls logCalls;
  private final LogClient logClient;
  private final Bulkhead housekeeping;

  private EngineFactory(EngineConfig config) {
    this.config = config;
    this.events = EventPublisher.of(config.resources().listeners());
    this.threads =
        new EngineThreads(config.resources().threads(), config.stores().counter() != null);
    this.continuations = new CallerRunsExecutor(threads.log());
    this.timeLimit = new TimeLimit(config.limits().orderTimeout(), threads.timer());
    this.logCalls = new AsyncStoreCalls(threads.log(), timeLimit);
    this.logClient = logClient();
    this.housekeeping = new Bulkhead(config.batching().forHousekeeping().maxPending());
  }

  /** Creates the engine of this configuration. */
  public static Engine create(EngineConfig config) {
    return new EngineFactory(config).engine();
  }

  private Engine engine() {
    OrderLog log = config.stores().log();
    CounterClient counter = counterClient();
    PaymentClient payments = paymentClient();
    ExpiringDealSet soldOut =
        new ExpiringDealSet(config.limits().soldOutCacheTtl(), config.resources().ticker());
    OrderFlow flow = new OrderFlow(counter, logClient, payments, soldOut, events);
    OrderRecovery recovery = new OrderRecovery(counter, logClient, payments);
    Bulkhead sweeps = new Bulkhead(config.limits().maxInFlight());
    OutboxDelivery.Consumers consumers = config.resources().consumers();
    DealLifecycle deals = new DealLifecycle(log, counter, flow, consumers.byName().keySet());
    OrderFlows flows =
        new OrderFlows(
            flow,
            new HoldFlow(counter, logClient, payments, flow),
            new ReturnFlow(counter, logClient, payments, flow, deals::lookAfter));
    return new Engine(
        deals,
        new OrderIntake(flows, orderBulkhead(), config.limits().orderTimeout(), events),
        new Engine.Background(
            new SweepScheduler(
                sweepRounds(new Sweeper(counter, log, logCalls, recovery, timeLimit), sweeps),
                threads.timer(),
                deals::lookedAfter),
            new OutboxDelivery(log.outbox(), consumers, deals::lookedAfter, events)),
        config.resources().orderIds(),
        new Engine.Closing(
            config.limits().shutdownTimeout(), counter, List.of(sweeps, housekeeping), threads));
  }

  private SweepRounds sweepRounds(Sweeper sweeper, Bulkhead limit) {
    String id = UUID.randomUUID().toString();
    return new SweepRounds(
        new HousekeepingClient(config.stores().log().housekeeping(), logCalls, id),
        new DealSweeps(sweeper, limit, events),
        config.stores().counter() != null,
        config.resources().ticker());
  }

  private Bulkhead orderBulkhead() {
    EngineConfig.Limits limits = config.limits();
    return new Bulkhead(
        limits.maxInFlight(),
        new Bulkhead.Timeout(
            limits.orderTimeout(), config.resources().ticker(), threads.timer(), continuations));
  }

  // log

  private LogClient logClient() {
    boolean nothingDue = config.payments().gateway() == PaymentGateway.none();
    OrderState writtenAs = nothingDue ? OrderState.PAID : OrderState.RESERVED;
    SlowCallMonitor slowCalls =
        slowCalls(
            new Rules(
                Store.ORDER_LOG, config.limits().breakers().logSlowCallThreshold(), Scope.DEAL));
    BatcherFactory batchers =
        new BatcherFactory(
            Store.ORDER_LOG,
            config.batching(),
            threads.log(),
            events,
            lanes(config.stores().log().combinesDeals()));
    LogClient client =
        new LogClient(
            config.stores().log(),
            writtenAs,
            breaker(Store.ORDER_LOG, slowCalls),
            logCalls,
            batchers);
    slowCalls.setListener(new SlowLogCall(client, continuations, threads.logReplacements()));
    return client;
  }

  /**
   * The reaction to a slow call to the log: replaces its thread, and fails the orders that wait
   * behind it, or sends them beside it if it is of several deals.
   */
  private record SlowLogCall(
      LogClient client, Executor executor, SlowCallMonitor.Listener replacements)
      implements SlowCallMonitor.Listener {

    @Override
    public void slow(String dealId) {
      replacements.slow(dealId);
      executor.execute(
          dealId.isEmpty() ? client::overtakeSharedCalls : () -> client.evictUnsent(dealId));
    }

    @Override
    public void ended() {
      replacements.ended();
    }
  }

  // counter

  private CounterClient counterClient() {
    StockCounter plain = config.stores().counter();
    if (plain == null) {
      return NoCounterClient.INSTANCE;
    }
    SlowCallMonitor slowCalls =
        slowCalls(
            new Rules(
                Store.STOCK_COUNTER,
                config.limits().breakers().counterSlowCallThreshold(),
                Scope.STORE));
    StockCounter counter = new TimedStockCounter(plain, slowCalls);
    CounterGuard guard =
        new CounterGuard(
            breaker(Store.STOCK_COUNTER, slowCalls),
            new AsyncStoreCalls(threads.counter(), timeLimit),
            config.stores().refusesWhenCounterIsDown());
    BatchedCounterClient client =
        new BatchedCounterClient(
            counter, guard, counterBatching(counter), counterRecovery(counter, guard));
    slowCalls.setListener(new SlowCounterCall(client, continuations));
    return client;
  }

  /**
   * The reaction to a slow call to the counter: waiting orders bypass it, on the log's threads,
   * because those of the counter may all hang.
   */
  private record SlowCounterCall(BatchedCounterClient client, Executor executor)
      implements SlowCallMonitor.Listener {

    @Override
    public void slow(String dealId) {
      executor.execute(client::evict);
    }

    @Override
    public void ended() {}
  }

  private CounterBatching counterBatching(StockCounter counter) {
    BatchPolicy policy = config.batching();
    BatcherFactory claims =
        new BatcherFactory(
            Store.STOCK_COUNTER, policy, threads.counter(), events, lanes(counter.combinesDeals()));
    return new CounterBatching(
        claims,
        FlushPolicy.lingering(policy.claimLinger(), threads.timer())
            .onlyFor(logClient::makesClaimsLinger),
        claims.withPolicy(policy.forHousekeeping()),
        FlushPolicy.lingering(policy.settleLinger(), threads.timer()),
        housekeeping);
  }

  private CounterRecovery counterRecovery(StockCounter counter, CounterGuard guard) {
    OrderLog log = config.stores().log();
    CounterReconciler reconciler =
        new CounterReconciler(counter, log, guard.calls(), logCalls, events);
    PaidOrderReplay replay =
        new PaidOrderReplay(counter, log, guard.calls(), logCalls, config.resources().ticker());
    ReconcileLoop loop =
        new ReconcileLoop(
            reconciler, replay, guard.breaker(), config.resources().ticker(), threads.timer());
    CounterRestorer restorer = new CounterRestorer(reconciler, loop, replay, log, logCalls);
    return new CounterRecovery(reconciler, loop, restorer, replay);
  }

  private Lanes lanes(boolean shared) {
    return shared ? Lanes.shared(config.resources().ticker(), threads.timer()) : Lanes.ONE_PER_DEAL;
  }

  // gateway

  private PaymentClient paymentClient() {
    EngineConfig.Payments payments = config.payments();
    Retry retry =
        new Retry(
            payments.chargeAttempts(), payments.chargePause(), threads.timer(), continuations);
    return new PaymentClient(payments.gateway(), retry, payments.timeout(), events);
  }

  // circuit breakers

  private SlowCallMonitor slowCalls(Rules rules) {
    return new SlowCallMonitor(rules, config.resources().ticker(), threads.timer(), events);
  }

  private CircuitBreaker breaker(Store store, SlowCallMonitor slowCalls) {
    return new CircuitBreaker(
        store,
        config.limits().breakers().openFor(),
        config.resources().ticker(),
        slowCalls,
        events);
  }
}
