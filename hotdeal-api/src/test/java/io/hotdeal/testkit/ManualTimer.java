package io.hotdeal.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer whose tasks run only when the test says so; it records their delays. */
public final class ManualTimer extends ScheduledThreadPoolExecutor {

  private static final long NOT_BY_ITSELF_DAYS = 365;

  private record Pause(Future<?> task, long millis) {}

  private final List<Pause> pauses = Collections.synchronizedList(new ArrayList<>());

  public ManualTimer() {
    super(1);
    setRemoveOnCancelPolicy(true);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    ScheduledFuture<?> scheduled = super.schedule(task, NOT_BY_ITSELF_DAYS, TimeUnit.DAYS);
    pauses.add(new Pause(scheduled, unit.toMillis(delay)));
    return scheduled;
  }

  /** The delays of all tasks that were not cancelled, whether they have run or not. */
  public List<Long> pauseMillis() {
    return List.copyOf(pauses).stream()
        .filter(it -> !it.task.isCancelled())
        .map(Pause::millis)
        .toList();
  }

  public int waiting() {
    return getQueue().size();
  }

  /** Runs the next waiting task on the calling thread. */
  public void runNext() {
    BlockingQueue<Runnable> queue = getQueue();
    Runnable next = queue.element();
    queue.remove(next);
    next.run();
  }

  /** Runs all waiting tasks with at most this delay on the calling thread, in scheduling order. */
  public void runUpTo(long millis) {
    for (Pause each : List.copyOf(pauses)) {
      if (each.millis <= millis && each.task instanceof Runnable task && remove(task)) {
        task.run();
      }
    }
  }
}
