package io.hotdeal;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes what a crashed process left: claims and RESERVED rows older than their deal's hold
 * become PAID or CANCELLED, as the payment gateway says, and the counter is reconciled with the
 * log.
 *
 * <p>By hand, {@link #sweep}, or on a schedule, {@link #start} and {@link #stop}. Any number of
 * resolvers, in any processes, may work beside one another and beside the sale; one per sale is
 * enough. It belongs to its desk and ends with it. Thread-safe; only {@link #sweep} blocks.
 */
public final class Resolver {

  private static final Logger LOG = LoggerFactory.getLogger(Resolver.class);

  /** A schedule; another one, or null, stands in its place once it is stopped. */
  private record Schedule(Duration period, Supplier<? extends Collection<String>> dealIds) {}

  private final Sweeper sweeper;
  private final InFlight sweeps;
  private final ScheduledExecutorService timer;
  private final Supplier<? extends Collection<String>> openedHere;
  private volatile @Nullable Schedule schedule;

  Resolver(
      Sweeper sweeper,
      InFlight sweeps,
      ScheduledExecutorService timer,
      Supplier<? extends Collection<String>> openedHere) {
    this.sweeper = sweeper;
    this.sweeps = sweeps;
    this.timer = timer;
    this.openedHere = openedHere;
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
    return sweeps.start(() -> sweeper.sweep(dealId));
  }

  /**
   * Sweeps every deal that this desk opened, now and again and again until {@link #stop}.
   *
   * @param period from the end of one round to the start of the next, 1 ms to a day
   * @throws IllegalArgumentException if the period is out of range
   * @throws IllegalStateException if a schedule is running
   */
  public void start(Duration period) {
    start(period, openedHere);
  }

  /**
   * Sweeps these deals, now and again and again until {@link #stop}.
   *
   * @param period from the end of one round to the start of the next, 1 ms to a day
   * @param dealIds asked before each round; must not block
   * @throws IllegalArgumentException if the period is out of range
   * @throws IllegalStateException if a schedule is running
   */
  public synchronized void start(Duration period, Supplier<? extends Collection<String>> dealIds) {
    HotDealBuilder.within("period", period, Duration.ofMillis(1), Duration.ofDays(1));
    Schedule running = schedule;
    if (running != null) {
      throw new IllegalStateException("a schedule is running already, every " + running.period);
    }
    Schedule started = new Schedule(period, dealIds);
    schedule = started;
    round(started);
  }

  /** Ends the schedule; a sweep under way is finished. Nothing where none is running. */
  public synchronized void stop() {
    schedule = null;
  }

  @SuppressWarnings("ReferenceEquality") // two schedules may have the same period
  private void round(Schedule mine) {
    if (schedule != mine) {
      return;
    }
    var unused =
        CompletableFuture.completedFuture(mine)
            .thenCompose(it -> sweepEach(List.copyOf(it.dealIds.get()).iterator()))
            .exceptionally(
                broken -> {
                  LOG.warn("a round of sweeps broke", broken);
                  return true;
                })
            .thenAccept(done -> next(mine));
  }

  private void next(Schedule mine) {
    try {
      var unused = timer.schedule(() -> round(mine), mine.period.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      stop();
      LOG.debug("the desk closed, its schedule ends");
    }
  }

  private CompletableFuture<Boolean> sweepEach(Iterator<String> dealIds) {
    if (!dealIds.hasNext()) {
      return CompletableFuture.completedFuture(true);
    }
    String dealId = dealIds.next();
    return sweepAsync(dealId)
        .handle((report, broken) -> note(dealId, report, broken))
        .thenCompose(noted -> sweepEach(dealIds));
  }

  private static boolean note(
      String dealId, @Nullable SweepReport report, @Nullable Throwable broken) {
    if (report == null) {
      LOG.warn("deal {} was not swept: {}", dealId, String.valueOf(broken));
    } else if (!report.failures().isEmpty()) {
      LOG.warn("{}", report);
    } else if (report.claims() + report.rows() > 0) {
      LOG.info("{}", report);
    }
    return true;
  }
}
