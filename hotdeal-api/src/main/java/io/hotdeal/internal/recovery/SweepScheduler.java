package io.hotdeal.internal.recovery;

import io.hotdeal.SweepReport;
import io.hotdeal.internal.recovery.Sweeper.Scope;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The execution of sweeps, single or on a schedule. Only scheduled ones depend on which process
 * keeps house of a deal. Never blocks, except {@link #awaitRetired}. Thread-safe.
 */
public final class SweepScheduler {

  private static final Logger LOG = LoggerFactory.getLogger(SweepScheduler.class);

  private static final Duration LONG_LEASE = Duration.ofMinutes(2);
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
  private static final int PERIODS = 12;

  /**
   * A schedule, compared by identity. It has ended once the field holds another schedule or null.
   */
  private record Schedule(Duration period, Supplier<? extends Collection<String>> dealIds) {}

  private final SweepRounds rounds;
  private final ScheduledExecutorService timer;
  private final Supplier<? extends Collection<String>> lookedAfter;
  private @Nullable Schedule schedule;
  private int roundsUnderWay;
  private CompletableFuture<Boolean> retired = CompletableFuture.completedFuture(true);

  public SweepScheduler(
      SweepRounds rounds,
      ScheduledExecutorService timer,
      Supplier<? extends Collection<String>> lookedAfter) {
    this.rounds = rounds;
    this.timer = timer;
    this.lookedAfter = lookedAfter;
  }

  /** Sweeps one deal without blocking. */
  public CompletableFuture<SweepReport> sweep(String dealId) {
    return rounds.sweeps().sweep(dealId, Scope.ALL);
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
  public void start(Duration period, Supplier<? extends Collection<String>> dealIds) {
    Schedule started = new Schedule(period, dealIds);
    synchronized (this) {
      Schedule running = schedule;
      if (running != null) {
        throw new IllegalStateException("a schedule is running already, every " + running.period);
      }
      schedule = started;
    }
    round(started);
  }

  /**
   * Ends the schedule; does not interrupt a round that is under way. After it, other processes may
   * take the deals at once.
   */
  public void stop() {
    synchronized (this) {
      schedule = null;
    }
    retireIfIdle();
  }

  /**
   * Ends the schedule, and a round after its sweep under way; others may take the deals at once.
   */
  public void shutdown() {
    rounds.end();
    stop();
    retire();
  }

  private void retireIfIdle() {
    boolean idle;
    synchronized (this) {
      idle = schedule == null && roundsUnderWay == 0;
    }
    if (idle) {
      retire();
    }
  }

  private void retire() {
    CompletableFuture<Boolean> now = rounds.retire();
    synchronized (this) {
      retired = retired.thenCombine(now, Boolean::logicalAnd);
    }
  }

  /**
   * Waits until other processes may take the deals, after {@link #shutdown}. Where that fails, they
   * have to wait for the end of the lease.
   *
   * @param end when to stop waiting, as {@link System#nanoTime}
   */
  public void awaitRetired(long end) {
    CompletableFuture<Boolean> last;
    synchronized (this) {
      last = retired;
    }
    try {
      boolean unused = last.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("closed before other processes could be told to take the deals", e);
    }
  }

  /**
   * How long this process keeps a deal without a sign of life: two minutes if it makes a round
   * every ten seconds, in proportion if more often, two periods if it makes one less often than
   * once a minute.
   */
  static Duration lease(Duration period) {
    Duration lease = longer(SHORTEST_LEASE, period.multipliedBy(PERIODS));
    Duration bounded = lease.compareTo(LONG_LEASE) < 0 ? lease : LONG_LEASE;
    return longer(bounded, period.multipliedBy(2));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private void round(Schedule mine) {
    if (!begins(mine)) {
      return;
    }
    var unused =
        CompletableFuture.completedFuture(mine)
            .thenCompose(it -> rounds.run(List.copyOf(it.dealIds.get()), lease(it.period)))
            .whenComplete(
                (swept, broken) -> {
                  if (broken != null) {
                    rounds.sweeps().failed(null, broken);
                  }
                  next(mine);
                });
  }

  @SuppressWarnings("ReferenceEquality") // two schedules may have the same period
  private synchronized boolean begins(Schedule mine) {
    if (schedule != mine) {
      return false;
    }
    roundsUnderWay++;
    return true;
  }

  private void next(Schedule mine) {
    synchronized (this) {
      roundsUnderWay--;
    }
    retireIfIdle();
    try {
      var unused = timer.schedule(() -> round(mine), mine.period.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      stop();
      LOG.debug("closed: the schedule of sweeps ends");
    }
  }
}
