package io.hotdeal.internal.engine;

import io.hotdeal.internal.resilience.DaemonExecutors;
import io.hotdeal.internal.resilience.DaemonExecutors.StoreThreads;
import io.hotdeal.internal.resilience.SlowCallMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The threads of one HotDeal: those of its configuration, which the caller shuts down, and its own
 * for the rest.
 */
final class EngineThreads {

  private final List<ExecutorService> owned = new ArrayList<>();
  private final ScheduledExecutorService timer;
  private final Executor log;
  private final Executor counter;

  EngineThreads(EngineConfig.Threads given, boolean hasCounter) {
    Executor shared = given.executor();
    Executor forCounter = given.counterExecutor();
    this.timer = given.timer() != null ? given.timer() : own(DaemonExecutors.timer());
    this.log = shared != null ? shared : own(DaemonExecutors.forStoreCalls("log"));
    if (forCounter != null) {
      this.counter = forCounter;
    } else {
      boolean separate = shared == null && hasCounter;
      this.counter = separate ? own(DaemonExecutors.forStoreCalls("counter")) : log;
    }
  }

  private <E extends ExecutorService> E own(E threads) {
    owned.add(threads);
    return threads;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  /** The executor of the calls to the order log. */
  Executor log() {
    return log;
  }

  /** The executor of the calls to the stock counter. */
  Executor counter() {
    return counter;
  }

  /**
   * The listener that replaces a thread of the log during a slow call; does nothing if the threads
   * are the caller's.
   */
  SlowCallMonitor.Listener logReplacements() {
    return log instanceof StoreThreads own ? own : SlowCallMonitor.Listener.NONE;
  }

  /** Stops the threads that this HotDeal created. */
  void shutdown() {
    owned.forEach(ExecutorService::shutdownNow);
  }
}
