package io.hotdeal;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The desk's own threads: few, named, daemon. */
final class Threads {

  private static final int STORE_THREADS =
      Math.max(8, 2 * Runtime.getRuntime().availableProcessors());

  /** The most threads that stand in for threads whose calls are not answered. */
  private static final int MOST_STAND_INS = 64;

  private Threads() {}

  /**
   * Threads for the calls of one store, so that another store's calls never wait for them.
   *
   * @param store names them
   */
  static StoreThreads forStoreCalls(String store) {
    return new StoreThreads(named("hotdeal-" + store + "-"));
  }

  static ScheduledExecutorService forPauses() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("hotdeal-timer-"));
    timer.setRemoveOnCancelPolicy(true); // most time-outs never come
    return timer;
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** A fixed number of threads, and one more for each whose call is not answered in time. */
  static final class StoreThreads extends ThreadPoolExecutor implements Outage.StallListener {

    private int standIns;

    private StoreThreads(ThreadFactory factory) {
      super(
          STORE_THREADS, STORE_THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), factory);
    }

    @Override
    public synchronized void stalled(String dealId) {
      standIns++;
      resize();
    }

    @Override
    public synchronized void ended() {
      standIns--;
      resize();
    }

    private void resize() {
      int size = STORE_THREADS + Math.min(standIns, MOST_STAND_INS);
      if (size > getMaximumPoolSize()) {
        setMaximumPoolSize(size);
        setCorePoolSize(size);
      } else {
        setCorePoolSize(size);
        setMaximumPoolSize(size);
      }
    }
  }
}
