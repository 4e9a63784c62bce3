package io.hotdeal.jmh.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads and the timer of a HotDeal, whose tasks run only when and where the test runs them.
 */
final class DrivenThreads implements Executor {

  private static final long NEVER_DAYS = 365;

  /** A task with a longer delay is a time-out, which never runs. */
  private static final long MOST_LINGER_MILLIS = 1_000;

  private final Queue<Runnable> calls = new ArrayDeque<>();
  private final List<Future<?>> lingering = new ArrayList<>();

  final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
          ScheduledFuture<?> scheduled = super.schedule(task, NEVER_DAYS, TimeUnit.DAYS);
          if (unit.toMillis(delay) <= MOST_LINGER_MILLIS) {
            lingering.add(scheduled);
          }
          return scheduled;
        }
      };

  DrivenThreads() {
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void execute(Runnable call) {
    calls.add(call);
  }

  /** How many calls wait for a thread. */
  int waiting() {
    return calls.size();
  }

  /** How many delayed calls are pending. */
  long lingering() {
    return lingering.stream().filter(it -> !it.isDone()).count();
  }

  /** Runs all waiting calls, and the calls that these submit, in order. */
  void makeCalls() {
    for (Runnable next = calls.poll(); next != null; next = calls.poll()) {
      next.run();
    }
  }

  /** Runs all pending delayed calls, as if their delay had elapsed. */
  void endLinger() {
    List<Future<?>> due = List.copyOf(lingering);
    lingering.clear();
    for (Future<?> each : due) {
      if (each instanceof Runnable call && timer.remove(call)) {
        call.run();
      }
    }
  }
}
