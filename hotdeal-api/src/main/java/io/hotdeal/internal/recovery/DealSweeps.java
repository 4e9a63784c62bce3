package io.hotdeal.internal.recovery;

import io.hotdeal.SweepReport;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.recovery.Sweeper.Scope;
import io.hotdeal.internal.resilience.Bulkhead;
import io.hotdeal.internal.resilience.Failures;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sweeps of single deals, within a limit, with their events. Never blocks. Thread-safe. */
public final class DealSweeps {

  private final Sweeper sweeper;
  private final Bulkhead limit;
  private final EventPublisher events;

  public DealSweeps(Sweeper sweeper, Bulkhead limit, EventPublisher events) {
    this.sweeper = sweeper;
    this.limit = limit;
    this.events = events;
  }

  CompletableFuture<SweepReport> sweep(String dealId, Scope scope) {
    return limit.start(() -> sweeper.sweep(dealId, scope)).thenApply(this::completed);
  }

  private SweepReport completed(SweepReport report) {
    events.publish(listener -> listener.sweepCompleted(report));
    return report;
  }

  /** How a sweep on a schedule ended. */
  enum Ending {
    /** Nothing failed, and no order was left unfinished. */
    DONE,
    /** The same for a closed deal, of whose claims none is left. */
    SETTLED,
    FAILED
  }

  /** Sweeps a deal on a schedule; never fails. */
  CompletableFuture<Ending> sweep(Duty duty) {
    String dealId = duty.dealId();
    return sweep(dealId, duty.scope())
        .thenCompose(
            report -> {
              if (report.unfinished() > 0 || !report.failures().isEmpty()) {
                return CompletableFuture.completedFuture(Ending.FAILED);
              }
              return duty.closed() && report.reconciliation().isExact()
                  ? sweeper.hasClaims(dealId).thenApply(some -> some ? Ending.DONE : Ending.SETTLED)
                  : CompletableFuture.completedFuture(Ending.DONE);
            })
        .exceptionally(
            broken -> {
              failed(dealId, broken);
              return Ending.FAILED;
            });
  }

  /**
   * Publishes that scheduled sweeps failed.
   *
   * @param dealId null for all deals of a round
   */
  void failed(@Nullable String dealId, Throwable broken) {
    events.publish(listener -> listener.sweepFailed(dealId, Failures.of(broken)));
  }
}
