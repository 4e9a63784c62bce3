package io.hotdeal.internal.resilience;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The factory of the threads that a HotDeal starts: few, named, daemon. */
public final class DaemonExecutors {

  private static final int STORE_THREADS =
      Math.max(8, 2 * Runtime.getRuntime().availableProcessors());

  /** The most additional threads during slow calls. */
  private static final int MAX_REPLACEMENTS = 64;

  private DaemonExecutors() {}

  /**
   * Creates the threads for the calls of one store, so that calls of another store never wait for
   * them.
   *
   * @param store the name of the store, for the threads' names
   */
  public static StoreThreads forStoreCalls(String store) {
    return new StoreThreads(named("hotdeal-" + store + "-"));
  }

  public static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, named("hotdeal-timer-"));
    executor.setRemoveOnCancelPolicy(true); // most time-outs are cancelled
    return executor;
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * A fixed number of threads, plus one for each slow call, so that other calls still find a
   * thread.
   */
  public static final class StoreThreads extends ThreadPoolExecutor
      implements SlowCallMonitor.Listener {

    private int replacements;

    private StoreThreads(ThreadFactory factory) {
      super(
          STORE_THREADS, STORE_THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), factory);
    }

    @Override
    public synchronized void slow(String dealId) {
      replacements++;
      resize();
    }

    @Override
    public synchronized void ended() {
      replacements--;
      resize();
    }

    /** The maximum must never be below the core size: it is raised first, and lowered last. */
    private void resize() {
      int size = STORE_THREADS + Math.min(replacements, MAX_REPLACEMENTS);
      setMaximumPoolSize(Math.max(size, getMaximumPoolSize()));
      setCorePoolSize(size);
      setMaximumPoolSize(size);
    }
  }
}
