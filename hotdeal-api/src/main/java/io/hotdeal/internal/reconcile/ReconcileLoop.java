package io.hotdeal.internal.reconcile;

import io.hotdeal.Reconciliation;
import io.hotdeal.internal.resilience.CircuitBreaker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The background task that reconciles deals whose count may be wrong, each repeatedly until an
 * attempt succeeds, so that an outage of the counter leaves no error in its count. Attempts for a
 * deal that stays BUSY take at most a fifth of the time, however many claims they read.
 *
 * <p>While the counter's circuit breaker is open this is also the probe: one deal per period is
 * reconciled, with a write. Thread-safe.
 */
public final class ReconcileLoop {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileLoop.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final int MAX_DOUBLINGS = 4;

  /** A BUSY deal is read again after at least so many times the time that reading it took. */
  private static final int PAUSE_PER_TIME_TAKEN = 4;

  /** While the breaker is open, a deal attempts to probe every 200 ms. */
  private static final int ROUNDS_WHILE_OPEN = 3;

  /** The most deals under way; the resolver's sweeps correct others. */
  private static final int MAX_DEALS = 10_000;

  private final CounterReconciler reconciler;
  private final PaidOrderReplay replay;
  private final CircuitBreaker breaker;
  private final LongSupplier ticker;
  private final ScheduledExecutorService timer;

  /** The deals under way, and how often each was requested. */
  private final Map<String, Integer> requests = new ConcurrentHashMap<>();

  private volatile boolean stopped;

  /**
   * Creates the loop.
   *
   * @param ticker a monotonic clock in nanoseconds
   */
  public ReconcileLoop(
      CounterReconciler reconciler,
      PaidOrderReplay replay,
      CircuitBreaker breaker,
      LongSupplier ticker,
      ScheduledExecutorService timer) {
    this.reconciler = reconciler;
    this.replay = replay;
    this.breaker = breaker;
    this.ticker = ticker;
    this.timer = timer;
  }

  /**
   * Reconciles a deal until an attempt succeeds: orders bypassed the counter, or it was restored.
   * Never blocks.
   */
  public void schedule(String dealId) {
    if (isFirstRequest(dealId)) {
      attempt(dealId, 0);
    }
  }

  /** The same after a pause, for causes that occur in large numbers. Never blocks. */
  public void scheduleLater(String dealId) {
    if (isFirstRequest(dealId)) {
      retry(dealId, 1);
    }
  }

  private boolean isFirstRequest(String dealId) {
    boolean full = requests.size() >= MAX_DEALS && !requests.containsKey(dealId);
    return !full && requests.merge(dealId, 1, Integer::sum) == 1;
  }

  /** Starts no more attempts; does not wait for those under way. */
  public void stop() {
    stopped = true;
  }

  private void attempt(String dealId, int rounds) {
    if (stopped) {
      return;
    }
    if (!breaker.tryProbe(dealId)) {
      retry(dealId, ROUNDS_WHILE_OPEN);
      return;
    }
    Integer requested = requests.get(dealId);
    boolean probes = breaker.isOpen();
    long start = ticker.getAsLong();
    var unused =
        reconciler
            .reconcile(dealId, probes)
            .whenComplete(
                (result, broken) -> {
                  if (broken == null) {
                    if (probes) {
                      breaker.close();
                    }
                    long millis = TimeUnit.NANOSECONDS.toMillis(ticker.getAsLong() - start);
                    done(dealId, requested, rounds, new Attempted(result, millis));
                  } else {
                    retry(dealId, rounds + 1);
                  }
                });
  }

  /** An attempt that did not fail, and how long it took. */
  private record Attempted(Reconciliation result, long millis) {}

  private void done(String dealId, @Nullable Integer requested, int rounds, Attempted attempted) {
    Reconciliation.Outcome outcome = attempted.result.outcome();
    if (outcome == Reconciliation.Outcome.RESTORED) {
      replay.start(dealId);
    }
    if (outcome == Reconciliation.Outcome.BUSY) {
      long longEnough = attempted.millis * PAUSE_PER_TIME_TAKEN;
      retry(dealId, rounds + 1, Math.max(pauseMillis(rounds + 1), longEnough));
    } else if (requested == null || !requests.remove(dealId, requested)) {
      retry(dealId, rounds + 1);
    }
  }

  private void retry(String dealId, int rounds) {
    retry(dealId, rounds, pauseMillis(rounds));
  }

  private static long pauseMillis(int rounds) {
    return FIRST_PAUSE_MILLIS << Math.min(Math.max(0, rounds - 1), MAX_DOUBLINGS);
  }

  private void retry(String dealId, int rounds, long pause) {
    try {
      var unused = timer.schedule(() -> attempt(dealId, rounds), pause, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed: the count of deal {} is left to the resolver", dealId);
    }
  }
}
