package io.hotdeal;

import io.hotdeal.internal.recovery.SweepScheduler;
import io.hotdeal.internal.resilience.Failures;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Finishes what a crashed process left undecided: claims and RESERVED rows older than their deal's
 * hold become PAID or CANCELLED, as the payment gateway says, and the counter is reconciled with
 * the log.
 *
 * <p>By hand, {@link #sweep}, or on a schedule, {@link #start} and {@link #stop}. Any number of
 * resolvers, in any processes, may work beside one another and beside the sale; one per sale is
 * enough. It belongs to its {@link HotDeal} and ends with it. Thread-safe; only {@link #sweep}
 * blocks.
 */
public final class Resolver {

  private final SweepScheduler scheduler;

  Resolver(SweepScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Finishes what is left of a deal, and waits for it: a few store calls per hundred orders, and
   * one call to the gateway for each that is undecided. What it could not finish is in the report,
   * and for the next sweep.
   *
   * @throws UnknownDealException if the log has no such deal
   * @throws HotDealException if the log cannot answer at all
   */
  public SweepReport sweep(String dealId) {
    return Failures.join(sweepAsync(dealId));
  }

  /** The same without waiting. */
  public CompletableFuture<SweepReport> sweepAsync(String dealId) {
    Ids.check("deal id", dealId);
    return scheduler.sweep(dealId);
  }

  /**
   * Sweeps every deal that its HotDeal opened, now and then periodically until {@link #stop}.
   *
   * @param period from the end of one round to the start of the next, 1 ms to a day
   * @throws IllegalArgumentException if the period is out of range
   * @throws IllegalStateException if a schedule is running
   */
  public void start(Duration period) {
    scheduler.start(checked(period));
  }

  /**
   * Sweeps these deals, now and then periodically until {@link #stop}.
   *
   * @param period from the end of one round to the start of the next, 1 ms to a day
   * @param dealIds asked before each round; must not block
   * @throws IllegalArgumentException if the period is out of range
   * @throws IllegalStateException if a schedule is running
   */
  public void start(Duration period, Supplier<? extends Collection<String>> dealIds) {
    scheduler.start(checked(period), dealIds);
  }

  private static Duration checked(Duration period) {
    return Ranges.check("period", period, Duration.ofMillis(1), Duration.ofDays(1));
  }

  /** Ends the schedule; a sweep under way is finished. Nothing where none is running. */
  public void stop() {
    scheduler.stop();
  }
}
