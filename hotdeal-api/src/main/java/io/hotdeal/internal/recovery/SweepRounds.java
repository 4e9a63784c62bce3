package io.hotdeal.internal.recovery;

import io.hotdeal.internal.resilience.AsyncLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Rounds of sweeps: takes the deals that no other process keeps house of, page by page, and sweeps
 * those of them that have work, one after the other. Never blocks. Thread-safe.
 */
public final class SweepRounds {

  /** After so much of its lease without a call, a housekeeper asks again what it has. */
  private static final int LEASE_PER_CHECK = 3;

  private final HousekeepingClient housekeeping;
  private final DealSweeps sweeps;
  private final DealDuties duties;
  private final LongSupplier ticker;
  private volatile boolean ended;

  /**
   * @param hasCounter whether there is a counter to be reconciled
   * @param ticker a monotonic clock in nanoseconds
   */
  public SweepRounds(
      HousekeepingClient housekeeping, DealSweeps sweeps, boolean hasCounter, LongSupplier ticker) {
    this.housekeeping = housekeeping;
    this.sweeps = sweeps;
    this.duties = new DealDuties(housekeeping.id(), hasCounter, ticker);
    this.ticker = ticker;
  }

  DealSweeps sweeps() {
    return sweeps;
  }

  /**
   * Runs one round. Where sweeps take long, or this process was paused, it asks again whose the
   * remaining deals are.
   *
   * @return fails if the assignment of deals cannot be read
   */
  CompletableFuture<?> run(Collection<String> dealIds, Duration lease) {
    DutyRound round = new DutyRound(duties, dealIds, lease);
    return housekeeping
        .giveUp(round.toGiveUp())
        .thenCompose(done -> AsyncLoop.whileTrue(() -> page(round)))
        .thenCompose(done -> housekeeping.giveUp(round.toGiveUp()));
  }

  private CompletableFuture<Boolean> page(DutyRound round) {
    List<String> page = round.nextPage();
    if (ended || page.isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    long asked = ticker.getAsLong();
    return housekeeping
        .take(page, round.lease())
        .thenCompose(
            answers -> {
              List<Duty> all = round.answered(page, answers);
              Deque<Duty> todo = new ArrayDeque<>(all);
              return AsyncLoop.whileTrue(
                  () -> {
                    boolean first = todo.size() == all.size();
                    return first || !isLate(round, asked)
                        ? sweepNext(round, todo)
                        : askAgain(round, todo);
                  });
            })
        .thenApply(done -> true);
  }

  /** Whether it is time to renew the lease, or it has ended already. */
  private boolean isLate(DutyRound round, long asked) {
    return ticker.getAsLong() - asked > round.lease().toNanos() / LEASE_PER_CHECK;
  }

  private static CompletableFuture<Boolean> askAgain(DutyRound round, Deque<Duty> todo) {
    round.askAgain(todo);
    return CompletableFuture.completedFuture(false);
  }

  private CompletableFuture<Boolean> sweepNext(DutyRound round, Deque<Duty> todo) {
    Duty duty = todo.poll();
    if (ended || duty == null) {
      return CompletableFuture.completedFuture(false);
    }
    return sweeps
        .sweep(duty)
        .thenApply(
            ending -> {
              round.swept(duty, ending);
              return true;
            });
  }

  /** Frees all deals, so that other processes may take them at once; never fails. */
  CompletableFuture<Boolean> retire() {
    duties.clear();
    return housekeeping.retire();
  }

  /** Ends the rounds under way after the sweeps under way; there will be no other. */
  void end() {
    ended = true;
  }
}
