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
 * The threads of one HotDeal: those that its configuration names, which remain the caller's, and
 * for the rest its own.
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

  /** Runs the calls of the order log. */
  Executor log() {
    return log;
  }

  /** Runs the calls of the stock counter. */
  Executor counter() {
    return counter;
  }

  /** Replaces threads of the log whose calls are slow, where they are this HotDeal's own. */
  SlowCallMonitor.Listener logReplacements() {
    return log instanceof StoreThreads own ? own : SlowCallMonitor.Listener.NONE;
  }

  /** Ends the threads that are its own. */
  void shutdown() {
    owned.forEach(ExecutorService::shutdownNow);
  }
}
