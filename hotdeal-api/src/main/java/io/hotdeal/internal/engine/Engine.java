package io.hotdeal.internal.engine;

import io.hotdeal.OutcomeUnknownException;
import io.hotdeal.internal.client.CounterClient;
import io.hotdeal.internal.outbox.OutboxDelivery;
import io.hotdeal.internal.recovery.SweepScheduler;
import io.hotdeal.internal.resilience.Bulkhead;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The connected parts of one HotDeal. */
public final class Engine {

  /**
   * The parts that are closed after the orders.
   *
   * @param timeout how long closing may take in total
   * @param counter flushes its delayed settlements, and stops
   * @param bulkheads those of the settlements and releases, and of the sweeps
   */
  record Closing(
      Duration timeout, CounterClient counter, List<Bulkhead> bulkheads, EngineThreads threads) {}

  /** The work on schedules. */
  record Background(SweepScheduler sweeps, OutboxDelivery deliveries) {}

  private final DealLifecycle deals;
  private final OrderIntake orders;
  private final Background background;
  private final Supplier<String> orderIds;
  private final Closing closing;

  Engine(
      DealLifecycle deals,
      OrderIntake orders,
      Background background,
      Supplier<String> orderIds,
      Closing closing) {
    this.deals = deals;
    this.orders = orders;
    this.background = background;
    this.orderIds = orderIds;
    this.closing = closing;
  }

  public DealLifecycle deals() {
    return deals;
  }

  public OrderIntake orders() {
    return orders;
  }

  public SweepScheduler sweeps() {
    return background.sweeps;
  }

  public OutboxDelivery deliveries() {
    return background.deliveries;
  }

  public String newOrderId() {
    return orderIds.get();
  }

  /** Accepts no more orders, waits for those under way, fails the rest, and stops the threads. */
  public void close() {
    background.sweeps.shutdown();
    long end = System.nanoTime() + closing.timeout.toNanos();
    orders.close(end);
    background.deliveries.close(end);
    closing.counter.flush();
    closing.bulkheads.forEach(
        it -> it.close(end, () -> new OutcomeUnknownException("closed: left to the resolver")));
    background.sweeps.awaitRetired(end);
    closing.counter.stop();
    closing.threads.shutdown();
  }
}
