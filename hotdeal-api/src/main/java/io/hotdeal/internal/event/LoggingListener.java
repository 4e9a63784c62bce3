package io.hotdeal.internal.event;

import io.hotdeal.DeliveryReport;
import io.hotdeal.HotDeal;
import io.hotdeal.HotDealException;
import io.hotdeal.HotDealListener;
import io.hotdeal.Order;
import io.hotdeal.Reconciliation;
import io.hotdeal.SweepReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listener that logs what an operator needs to know, to the logger of {@link HotDeal}. */
final class LoggingListener implements HotDealListener {

  private final Logger log;

  LoggingListener() {
    this(LoggerFactory.getLogger(HotDeal.class));
  }

  LoggingListener(Logger log) {
    this.log = log;
  }

  @Override
  public void callSlow(SlowCall event) {
    log.warn(
        "the {} has not answered a call of deal {} for {}",
        event.store(),
        event.dealId(),
        event.threshold());
  }

  @Override
  public void slowCallEnded(SlowCall event) {
    log.info("the slow call of deal {} to the {} has ended", event.dealId(), event.store());
  }

  @Override
  public void breakerOpened(Store store, HotDealException cause) {
    log.warn("the {} does not answer: {}", store, cause.getMessage());
  }

  @Override
  public void breakerClosed(Store store) {
    log.info("the {} answers again", store);
  }

  @Override
  public void sweepCompleted(SweepReport report) {
    if (!report.failures().isEmpty()) {
      log.warn("{}", report);
    } else if (report.claims() + report.rows() > 0) {
      log.info("{}", report);
    }
  }

  @Override
  public void sweepFailed(@Nullable String dealId, Throwable failure) {
    if (dealId == null) {
      log.warn("a round of sweeps failed", failure);
    } else {
      log.warn("deal {} was not swept: {}", dealId, String.valueOf(failure));
    }
  }

  @Override
  public void eventsDelivered(DeliveryReport report) {
    if (report.failure() != null) {
      log.warn(
          "events of deal {} were not taken by consumer {}, and are delivered again",
          report.dealId(),
          report.consumer(),
          report.failure());
    }
  }

  @Override
  public void reconciled(Reconciliation reconciliation) {
    log.debug("{}", reconciliation);
  }

  @Override
  public void refundInDoubt(Order order, String reason) {
    log.error("the refund of {} is in doubt: {}", order, reason);
  }
}
