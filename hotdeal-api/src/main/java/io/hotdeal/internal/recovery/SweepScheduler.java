package io.hotdeal.internal.recovery;

import io.hotdeal.SweepReport;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.resilience.Bulkhead;
import io.hotdeal.internal.resilience.Failures;
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

/** The execution of sweeps, single or on a schedule. Never blocks. Thread-safe. */
public final class SweepScheduler {

  private static final Logger LOG = LoggerFactory.getLogger(SweepScheduler.class);

  /**
   * A schedule, compared by identity. It has ended once the field holds another schedule or null.
   */
  private record Schedule(Duration period, Supplier<? extends Collection<String>> dealIds) {}

  private final Sweeper sweeper;
  private final Bulkhead sweeps;
  private final ScheduledExecutorService timer;
  private final Supplier<? extends Collection<String>> lookedAfter;
  private final EventPublisher events;
  private volatile @Nullable Schedule schedule;

  public SweepScheduler(
      Sweeper sweeper,
      Bulkhead sweeps,
      ScheduledExecutorService timer,
      Supplier<? extends Collection<String>> lookedAfter,
      EventPublisher events) {
    this.sweeper = sweeper;
    this.sweeps = sweeps;
    this.timer = timer;
    this.lookedAfter = lookedAfter;
    this.events = events;
  }

  /** Sweeps one deal without blocking. */
  public CompletableFuture<SweepReport> sweep(String dealId) {
    return sweeps.start(() -> sweeper.sweep(dealId)).thenApply(this::completed);
  }

  private SweepReport completed(SweepReport report) {
    events.publish(listener -> listener.sweepCompleted(report));
    return report;
  }

  /** Sweeps the deals that this instance looks after, in rounds, until {@link #stop}. */
  public void start(Duration period) {
    start(period, lookedAfter);
  }

  /**
   * Sweeps these deals, in rounds, until {@link #stop}.
   *
   * @param period from the end of one round to the start of the next
   * @param dealIds supplies the deals before each round; must not block
   * @throws IllegalStateException if a schedule is running
   */
  public synchronized void start(Duration period, Supplier<? extends Collection<String>> dealIds) {
    Schedule running = schedule;
    if (running != null) {
      throw new IllegalStateException("a schedule is running already, every " + running.period);
    }
    Schedule started = new Schedule(period, dealIds);
    schedule = started;
    round(started);
  }

  /** Ends the schedule; does not interrupt a sweep that is under way. */
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
            .whenComplete(
                (swept, broken) -> {
                  if (broken != null) {
                    events.publish(listener -> listener.sweepFailed(null, Failures.of(broken)));
                  }
                  next(mine);
                });
  }

  private void next(Schedule mine) {
    try {
      var unused = timer.schedule(() -> round(mine), mine.period.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      stop();
      LOG.debug("closed: the schedule of sweeps ends");
    }
  }

  /** Sweeps one deal after the other; returns the iterator, at its end. */
  private CompletableFuture<Iterator<String>> sweepEach(Iterator<String> dealIds) {
    if (!dealIds.hasNext()) {
      return CompletableFuture.completedFuture(dealIds);
    }
    String dealId = dealIds.next();
    return sweep(dealId)
        .handle(
            (report, broken) -> {
              if (broken != null) {
                events.publish(listener -> listener.sweepFailed(dealId, Failures.of(broken)));
              }
              return dealIds;
            })
        .thenCompose(this::sweepEach);
  }
}
