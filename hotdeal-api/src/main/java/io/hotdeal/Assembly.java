package io.hotdeal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** Puts a desk together from its settings. */
final class Assembly {

  private final HotDealBuilder settings;
  private final OrderLog log;
  private final PaymentGateway payments;
  private final List<ExecutorService> ownThreads = new ArrayList<>();
  private final InFlight housekeeping;

  Assembly(HotDealBuilder settings, OrderLog log, PaymentGateway payments) {
    this.settings = settings;
    this.log = log;
    this.payments = payments;
    this.housekeeping = new InFlight(settings.maxInFlight);
  }

  HotDeal desk() {
    Executor executor =
        settings.executor != null ? settings.executor : own(Threads.forStoreCalls());
    ScheduledExecutorService timer =
        settings.timer != null ? settings.timer : own(Threads.forPauses());
    Batchers batchers = new Batchers(settings.maxBatch, settings.maxInFlight, executor);
    Gate gate = gate(batchers);
    Protocol protocol = new Protocol(gate, books(batchers), till(timer), soldOutMemory());
    InFlight orders = new InFlight(settings.maxInFlight);
    return new HotDeal(log, gate, protocol, orders, settings, this::endHousekeeping);
  }

  private Gate gate(Batchers batchers) {
    StockCounter counter = settings.counter;
    if (counter == null) {
      return NoGate.INSTANCE;
    }
    return new CounterGate(
        counter,
        new CounterRestorer(counter, log, batchers.executor()),
        outage("stock counter"),
        settings.passByWhenCounterIsDown,
        housekeeping,
        batchers);
  }

  private Books books(Batchers batchers) {
    boolean nothingDue = payments == PaymentGateway.none();
    return new Books(
        log, nothingDue ? OrderState.PAID : OrderState.RESERVED, outage("order log"), batchers);
  }

  private Till till(ScheduledExecutorService timer) {
    return new Till(
        payments,
        new Retry(settings.chargeAttempts, settings.chargePause, timer),
        settings.paymentTimeout);
  }

  private SoldOutMemory soldOutMemory() {
    return new SoldOutMemory(settings.soldOutMemory, settings.ticker);
  }

  private Outage outage(String store) {
    return new Outage(store, settings.outagePause, settings.ticker);
  }

  private <E extends ExecutorService> E own(E threads) {
    ownThreads.add(threads);
    return threads;
  }

  private void endHousekeeping() {
    housekeeping.close(
        settings.drain, () -> new OutcomeUnknownException("the desk closed, left to the resolver"));
    ownThreads.forEach(ExecutorService::shutdownNow);
  }
}
