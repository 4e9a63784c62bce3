package io.hotdeal.internal.batch;

import io.hotdeal.internal.resilience.ExpiringDealSet;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The choice of the lane in which an order waits for its call: one lane for each deal, or a shared
 * one for all deals that are little in demand, whose calls are of several deals.
 *
 * <p>A deal that has many orders in one call, or that is isolated, has a lane of its own for a
 * second from then on. Orders of the shared lane wait for a call of it for 50 ms at most: the next
 * one is sent beside it then, because a call of one deal may wait for the lock of that deal.
 * Thread-safe.
 */
public final class Lanes {

  /** A lane of its own for every deal. */
  public static final Lanes ONE_PER_DEAL = new Lanes(null, null);

  /** The name of the shared lane; that of another is the id of its deal, which is never empty. */
  static final String SHARED = "";

  /** The fewest orders of a deal in one call for which it has a lane of its own. */
  static final int MANY_ORDERS = 32;

  static final Duration PATIENCE = Duration.ofMillis(50);

  private static final Duration APART_FOR = Duration.ofSeconds(1);

  /** The deals that have lanes of their own; null if all have. */
  private final @Nullable ExpiringDealSet apart;

  private final @Nullable ScheduledExecutorService timer;

  private Lanes(@Nullable ExpiringDealSet apart, @Nullable ScheduledExecutorService timer) {
    this.apart = apart;
    this.timer = timer;
  }

  /**
   * A shared lane for all deals but those in demand.
   *
   * @param ticker in nanoseconds
   */
  public static Lanes shared(LongSupplier ticker, ScheduledExecutorService timer) {
    return new Lanes(new ExpiringDealSet(APART_FOR, ticker), timer);
  }

  /** The name of the lane of a deal now. */
  String of(String dealId) {
    return apart == null || apart.contains(dealId) ? dealId : SHARED;
  }

  /** Gives a deal a lane of its own. */
  void isolate(String dealId) {
    if (apart != null) {
      apart.add(dealId);
    }
  }

  /** Gives the deals with many orders in this batch lanes of their own. */
  void isolateThoseInDemand(Batch<?, ?> batch, int maxBatch) {
    int many = Math.min(MANY_ORDERS, Math.max(1, maxBatch / 2));
    if (apart != null && batch.size() >= many) {
      batch
          .ordersByDeal()
          .forEach(
              (dealId, orders) -> {
                if (orders >= many) {
                  apart.add(dealId);
                }
              });
    }
  }

  /**
   * Runs an action when a call of the lane, which begins now, has lasted too long for others to
   * wait for it; to be cancelled when it ends. Null if the lane is of one deal.
   */
  @Nullable Future<?> whenTooLong(String lane, Runnable action) {
    if (timer == null || !lane.equals(SHARED)) {
      return null;
    }
    try {
      return timer.schedule(action, PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RuntimeException | Error rejected) {
      return null; // the timer may be shut down before the last calls end
    }
  }
}
