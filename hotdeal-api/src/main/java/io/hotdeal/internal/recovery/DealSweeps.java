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

  /**
   * The same for a sweep on a schedule.
   *
   * @return whether nothing failed and no order was left unfinished; never fails
   */
  CompletableFuture<Boolean> sweep(Duty duty) {
    return sweep(duty.dealId(), duty.scope())
        .handle(
            (report, broken) -> {
              if (broken != null) {
                failed(duty.dealId(), broken);
                return false;
              }
              return report.unfinished() == 0 && report.failures().isEmpty();
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
