package io.hotdeal.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer on which a task's time comes when the test says so; notes how long it was to wait. */
public final class ManualTimer extends ScheduledThreadPoolExecutor {

  private static final long NOT_BY_ITSELF_DAYS = 365;

  private record Pause(Future<?> task, long millis) {}

  private final List<Pause> pauses = new ArrayList<>();

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

  /** How long each task was to wait that nobody called off, over or not. */
  public List<Long> pauseMillis() {
    return pauses.stream().filter(it -> !it.task.isCancelled()).map(Pause::millis).toList();
  }

  public int waiting() {
    return getQueue().size();
  }

  /** The time of the one task that waits has come; runs it in this thread. */
  public void runNext() {
    BlockingQueue<Runnable> queue = getQueue();
    Runnable next = queue.element();
    queue.remove(next);
    next.run();
  }

  /** The time of all tasks has come that were to wait no longer than that; runs them in order. */
  public void runUpTo(long millis) {
    for (Pause each : List.copyOf(pauses)) {
      if (each.millis <= millis && each.task instanceof Runnable task && remove(task)) {
        task.run();
      }
    }
  }
}
