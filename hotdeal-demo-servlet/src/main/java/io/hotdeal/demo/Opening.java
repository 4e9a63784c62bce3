package io.hotdeal.demo;

import io.hotdeal.HotDealException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the shop at once, or else as soon as its stores answer: it asks every second. */
final class Opening implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("hotdeal-demo-opening"));
  private final Runnable work;

  Opening(Runnable work) {
    this.work = work;
  }

  void start() {
    if (!isDone()) {
      LOG.warn("the stores do not answer yet: 503 until they do");
      var unused = timer.scheduleWithFixedDelay(this::retry, 1, 1, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void retry() {
    if (isDone()) {
      LOG.warn("the stores answer: open");
      timer.shutdown();
    }
  }

  private boolean isDone() {
    try {
      work.run();
      return true;
    } catch (HotDealException e) {
      LOG.debug("not yet open", e);
      return false;
    }
  }
}
