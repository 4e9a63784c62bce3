package io.hotdeal.simulation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A simulated process: the threads and the timer of a HotDeal, whose tasks are events of the {@link
 * World} and are dropped when the process dies.
 */
final class Jvm extends AbstractExecutorService implements ScheduledExecutorService {

  /** Thrown to stop the code of a process that died. */
  static final class Died extends Error {
    private static final long serialVersionUID = 1L;

    Died() {
      super("the process died", null, false, false);
    }
  }

  private final World world;
  private final String name;
  private boolean alive = true;
  private long frozenUntil;

  Jvm(World world, String name) {
    this.world = world;
    this.name = name;
  }

  boolean isAlive() {
    return alive;
  }

  /** Stops for a while, and then continues as if no time had passed. */
  void freeze(long moreNanos) {
    frozenUntil = world.nanos() + moreNanos;
    world.tell(name + " FREEZES for " + moreNanos / 1_000_000 + " ms");
  }

  long frozenUntil() {
    return frozenUntil;
  }

  void kill() {
    alive = false;
    world.tell(name + " DIES");
  }

  void requireAlive() {
    if (!alive) {
      throw new Died();
    }
  }

  @Override
  public void execute(Runnable task) {
    world.at(this, 0, task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return schedule(Executors.callable(task), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    Alarm<V> alarm = new Alarm<>(task);
    alarm.event = world.at(this, unit.toNanos(delay), alarm);
    return alarm;
  }

  @Override
  public String toString() {
    return name;
  }

  private static final class Alarm<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private World.Event event;

    Alarm(Callable<V> task) {
      super(task);
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      event.cancelled = true;
      return super.cancel(mayInterrupt);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      throw unused();
    }

    @Override
    public int compareTo(Delayed other) {
      throw unused();
    }
  }

  private static IllegalStateException unused() {
    return new IllegalStateException("HotDeal does not use this");
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(Runnable t, long first, long each, TimeUnit unit) {
    throw unused();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(Runnable t, long at, long each, TimeUnit unit) {
    throw unused();
  }

  @Override
  public void shutdown() {
    throw unused();
  }

  @Override
  public List<Runnable> shutdownNow() {
    throw unused();
  }

  @Override
  public boolean isShutdown() {
    return !alive;
  }

  @Override
  public boolean isTerminated() {
    return !alive;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    throw unused();
  }
}
