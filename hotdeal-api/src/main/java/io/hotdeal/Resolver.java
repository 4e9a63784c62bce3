package io.hotdeal;

import io.hotdeal.internal.recovery.SweepScheduler;
import io.hotdeal.internal.resilience.Failures;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The recovery of orders that crashed processes left unfinished: orders whose claim or RESERVED row
 * is older than their deal's hold become PAID or CANCELLED, depending on their payment, and the
 * counter is reconciled with the log.
 *
 * <p>It runs once ({@link #sweep}) or on a schedule ({@link #start}, {@link #stop}). Any number of
 * resolvers, in any processes, may run concurrently with each other and with the sale; start one in
 * every process. Of those on a schedule, one at a time sweeps a deal, by a lease in the log that
 * another takes over when its process ends ({@link io.hotdeal.spi.Housekeeping}); docs/operating.md
 * says when, and what it costs. It stops when its {@link HotDeal} is closed. Thread-safe; only
 * {@link #sweep} blocks.
 */
public final class Resolver {

  private final SweepScheduler scheduler;

  Resolver(SweepScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Finishes the unfinished orders of a deal and waits for that: a few store calls per hundred
   * orders, and at least one call to the gateway for each whose payment is undecided. The report
   * counts the orders that could not be finished; the next sweep tries them again.
   *
   * @throws UnknownDealException if the log has no such deal
   * @throws HotDealException if the deal cannot be read from the log, or the {@link HotDeal} is
   *     closed
   */
  public SweepReport sweep(String dealId) {
    return Failures.join(sweepAsync(dealId));
  }

  /** The same without blocking; fails with what {@link #sweep} throws. */
  public CompletableFuture<SweepReport> sweepAsync(String dealId) {
    Ids.check("deal id", dealId);
    return scheduler.sweep(dealId);
  }

  /**
   * Sweeps every deal that its {@link HotDeal} opened, or has given a sale back of, and did not
   * purge since, now and then periodically until {@link #stop}: those of them that no other process
   * has, and that have unfinished orders, or are open and have a counter.
   *
   * @param period from the end of one round to the start of the next, 1 ms to a day
   * @throws IllegalArgumentException if the period is out of range
   * @throws IllegalStateException if a schedule is running
   */
  public void start(Duration period) {
    scheduler.start(checked(period));
  }

  /**
   * The same for these deals.
   *
   * @param period from the end of one round to the start of the next, 1 ms to a day
   * @param dealIds supplies the deals before each round; must not block
   * @throws IllegalArgumentException if the period is out of range
   * @throws IllegalStateException if a schedule is running
   */
  public void start(Duration period, Supplier<? extends Collection<String>> dealIds) {
    scheduler.start(checked(period), dealIds);
  }

  private static Duration checked(Duration period) {
    return Ranges.check("period", period, Duration.ofMillis(1), Duration.ofDays(1));
  }

  /**
   * Ends the schedule, if one is running, and leaves its deals to other processes; does not
   * interrupt a round that is under way.
   */
  public void stop() {
    scheduler.stop();
  }
}
