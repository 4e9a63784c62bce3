package io.hotdeal.demo;

import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A timer that keeps the endpoints on the last open deal: at the start, once the stores answer, and
 * after a reset in another process. It runs every second, and logs a failure when its cause
 * changes, and the recovery.
 */
final class DealFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DealFollower.class);

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("hotdeal-demo-deals"));
  private final Runnable work;
  private final Causes causes;
  private @Nullable String problem;

  /**
   * @param work throws while the stores do not answer
   */
  DealFollower(Runnable work, Causes causes) {
    this.work = work;
    this.causes = causes;
  }

  /** Runs the work once in this thread, then every second in another. */
  void start() {
    look();
    var unused = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void look() {
    try {
      work.run();
      note(null);
    } catch (RuntimeException e) { // of any type: an exception would end the schedule
      note(causes.of(e));
    }
  }

  private void note(@Nullable String now) {
    if (Objects.equals(now, problem)) {
      return;
    }
    if (now != null) {
      LOG.warn("the stores do not answer, 503 until they do: {}", now);
    } else {
      LOG.warn("the stores answer again");
    }
    problem = now;
  }
}
