package io.hotdeal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles the deals whose counter is known to be off, each again and again until it is exact.
 *
 * <p>So an outage of the counter leaves no trace in its count, whether buyers come or not.
 */
final class Mender {

  private static final Logger LOG = LoggerFactory.getLogger(Mender.class);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final int MOST_DOUBLINGS = 4;

  private final Reconciler reconciler;
  private final ScheduledExecutorService timer;

  /** Deals at work, and how often each was asked for. */
  private final Map<String, Integer> requests = new ConcurrentHashMap<>();

  Mender(Reconciler reconciler, ScheduledExecutorService timer) {
    this.reconciler = reconciler;
    this.timer = timer;
  }

  /** Something passed the counter by, or it was set up anew. Never blocks. */
  void mend(String dealId) {
    if (requests.merge(dealId, 1, Integer::sum) == 1) {
      attempt(dealId, 0);
    }
  }

  private void attempt(String dealId, int failures) {
    Integer asked = requests.get(dealId);
    var unused =
        reconciler
            .reconcileAsync(dealId)
            .whenComplete(
                (result, broken) -> {
                  boolean settled = broken == null && !isBusy(result);
                  if (!settled || !requests.remove(dealId, asked)) {
                    again(dealId, settled ? 0 : failures);
                  } else {
                    LOG.debug("{}", result);
                  }
                });
  }

  private static boolean isBusy(Reconciliation result) {
    return result.outcome() == Reconciliation.Outcome.BUSY;
  }

  private void again(String dealId, int failures) {
    long pause = FIRST_PAUSE_MILLIS << Math.min(failures, MOST_DOUBLINGS);
    try {
      var unused =
          timer.schedule(() -> attempt(dealId, failures + 1), pause, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the desk closed, deal {} is left to the resolver", dealId);
    }
  }
}
