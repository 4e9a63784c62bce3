package io.hotdeal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The desk's own threads: few, named, daemon. */
final class Threads {

  private static final int STORE_THREADS =
      Math.max(8, 2 * Runtime.getRuntime().availableProcessors());

  private Threads() {}

  static ExecutorService forStoreCalls() {
    return Executors.newFixedThreadPool(STORE_THREADS, named("hotdeal-store-"));
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
}
