package io.hotdeal.internal.resilience;

import io.hotdeal.HotDealListener.SlowCall;
import io.hotdeal.HotDealListener.Store;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.internal.event.EventPublisher;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The monitor of one store that detects calls longer than a threshold while they are still under
 * way. Thread-safe.
 */
public final class SlowCallMonitor {

  /** The orders that are refused during a slow call. */
  public enum Scope {
    /** All orders: the store is one server, which may hang as a whole. */
    STORE,
    /**
     * The orders of the call's deal, if it is of one: the call may wait for a lock that only that
     * deal needs. A call of several deals waits for none.
     */
    DEAL
  }

  /**
   * The definition of a slow call.
   *
   * @param threshold how long a call may take
   * @param scope the orders that are refused during it
   */
  public record Rules(Store store, Duration threshold, Scope scope) {}

  /** A listener for slow calls. Must neither block nor throw. */
  public interface Listener {

    Listener NONE =
        new Listener() {
          @Override
          public void slow(String dealId) {}

          @Override
          public void ended() {}
        };

    /**
     * A call has exceeded the threshold, and is still under way.
     *
     * @param dealId its deal, empty if it is of several
     */
    void slow(String dealId);

    /** Such a call has returned or thrown. */
    void ended();
  }

  /** A call under way, compared by identity. Its flags are guarded by its monitor. */
  private static final class Call {
    final String dealId;
    final long startedAt;
    boolean slow;
    boolean over;

    Call(String dealId, long startedAt) {
      this.dealId = dealId;
      this.startedAt = startedAt;
    }
  }

  private final Rules rules;
  private final LongSupplier ticker;
  private final ScheduledExecutorService timer;
  private final EventPublisher events;
  private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
  private volatile Listener listener = Listener.NONE;

  public SlowCallMonitor(
      Rules rules, LongSupplier ticker, ScheduledExecutorService timer, EventPublisher events) {
    this.rules = rules;
    this.ticker = ticker;
    this.timer = timer;
    this.events = events;
  }

  /** Sets the one listener. */
  public void setListener(Listener newListener) {
    listener = newListener;
  }

  /**
   * Makes a call, which counts as slow from the threshold until it ends.
   *
   * @param dealId its deal, empty if it is of several
   */
  public <T> T time(String dealId, Supplier<T> call) {
    Call mine = new Call(dealId, ticker.getAsLong());
    underWay.add(mine);
    Future<?> alarm = alarm(mine);
    try {
      return call.get();
    } finally {
      underWay.remove(mine);
      if (alarm != null) {
        alarm.cancel(false);
      }
      end(mine);
    }
  }

  private @Nullable Future<?> alarm(Call call) {
    try {
      return timer.schedule(() -> slow(call), rules.threshold.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RuntimeException | Error rejected) {
      return null; // the timer may be shut down before the last calls end
    }
  }

  private void slow(Call call) {
    synchronized (call) {
      if (call.over) {
        return;
      }
      call.slow = true;
    }
    SlowCall event = event(call);
    events.publish(it -> it.callSlow(event));
    listener.slow(call.dealId);
  }

  private void end(Call call) {
    synchronized (call) {
      call.over = true;
      if (!call.slow) {
        return;
      }
    }
    SlowCall event = event(call);
    events.publish(it -> it.slowCallEnded(event));
    listener.ended();
  }

  private SlowCall event(Call call) {
    return new SlowCall(rules.store, call.dealId, rules.threshold);
  }

  /** The refusal of a call for a deal because of a slow call, or null if there is none. */
  @Nullable NothingHappenedException refusal(String dealId) {
    return hasSlowCall(dealId)
        ? new NothingHappenedException(
            "not started: the "
                + rules.store
                + " has not answered a call for "
                + rules.threshold
                + ", the limit")
        : null;
  }

  boolean hasSlowCall(String dealId) {
    if (underWay.isEmpty()) {
      return false;
    }
    long now = ticker.getAsLong();
    for (Call call : underWay) {
      if (now - call.startedAt >= rules.threshold.toNanos()
          && (rules.scope == Scope.STORE || call.dealId.equals(dealId))) {
        return true;
      }
    }
    return false;
  }
}
