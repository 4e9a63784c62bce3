package io.hotdeal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles the deals whose counter is known to be off, each again and again until it is exact.
 *
 * <p>So an outage of the counter leaves no trace in its count, whether buyers come or not. While
 * the counter's circuit breaker is open this is also its probe: one deal per pause is reconciled,
 * by a write, and nothing else asks the counter. Thread-safe.
 */
final class Mender {

  private static final Logger LOG = LoggerFactory.getLogger(Mender.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final int MOST_DOUBLINGS = 4;

  /** While the breaker is open a deal looks whether it may probe every 200 ms. */
  private static final int ROUNDS_WHILE_OPEN = 3;

  private final Reconciler reconciler;
  private final Outage outage;
  private final ScheduledExecutorService timer;

  /** Deals at work, and how often each was asked for. */
  private final Map<String, Integer> requests = new ConcurrentHashMap<>();

  Mender(Reconciler reconciler, Outage outage, ScheduledExecutorService timer) {
    this.reconciler = reconciler;
    this.outage = outage;
    this.timer = timer;
  }

  /** Something passed the counter by, or it was set up anew. Never blocks. */
  void mend(String dealId) {
    if (requests.merge(dealId, 1, Integer::sum) == 1) {
      attempt(dealId, 0);
    }
  }

  /** The same after a pause, for what comes in crowds. Never blocks. */
  void mendLater(String dealId) {
    if (requests.merge(dealId, 1, Integer::sum) == 1) {
      again(dealId, 1);
    }
  }

  private void attempt(String dealId, int rounds) {
    if (!outage.mayProbe(dealId)) {
      again(dealId, ROUNDS_WHILE_OPEN);
      return;
    }
    Integer asked = requests.get(dealId);
    boolean probes = outage.isOpen();
    var unused =
        reconciler
            .reconcileAsync(dealId, probes)
            .whenComplete(
                (result, broken) -> {
                  if (broken == null) {
                    if (probes) {
                      outage.answered();
                    }
                    done(dealId, asked, rounds, result);
                  } else {
                    again(dealId, rounds + 1);
                  }
                });
  }

  private void done(String dealId, @Nullable Integer asked, int rounds, Reconciliation result) {
    boolean busy = result.outcome() == Reconciliation.Outcome.BUSY;
    if (busy || asked == null || !requests.remove(dealId, asked)) {
      again(dealId, rounds + 1);
    } else {
      LOG.debug("{}", result);
    }
  }

  private void again(String dealId, int rounds) {
    long pause = FIRST_PAUSE_MILLIS << Math.min(Math.max(0, rounds - 1), MOST_DOUBLINGS);
    try {
      var unused = timer.schedule(() -> attempt(dealId, rounds), pause, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the desk closed, deal {} is left to the resolver", dealId);
    }
  }
}
