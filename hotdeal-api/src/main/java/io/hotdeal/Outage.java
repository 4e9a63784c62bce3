package io.hotdeal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker of one store. A store that failed is left alone for a pause; then one call
 * finds out whether it answers again. A call that goes without an answer for too long counts as a
 * failure until it ends. Thread-safe.
 */
final class Outage {

  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  /** Whom a call that is not answered keeps from the store. */
  enum Scope {
    /** Everybody: the store is one server, which hangs. */
    STORE,
    /** The orders of its deal: it may wait for a lock that only that deal needs. */
    DEAL
  }

  /**
   * When a store counts as failed.
   *
   * @param pause how long it is left alone after a failure
   * @param stall how long one call may take
   */
  record Rules(Duration pause, Duration stall, Scope scope) {}

  /** Hears of calls that are not answered in time. Must neither block nor throw. */
  interface StallListener {

    StallListener NOBODY =
        new StallListener() {
          @Override
          public void stalled(String dealId) {}

          @Override
          public void ended() {}
        };

    /** A call of this deal has taken longer than it may, and is still under way. */
    void stalled(String dealId);

    /** That call has ended, one way or another. */
    void ended();
  }

  private record Failure(long at, HotDealException cause) {}

  /** A call under way; told apart by identity. Guarded by itself. */
  private static final class Call {
    final String dealId;
    final long startedAt;
    boolean stalled;
    boolean over;

    Call(String dealId, long startedAt) {
      this.dealId = dealId;
      this.startedAt = startedAt;
    }
  }

  private final String store;
  private final Rules rules;
  private final LongSupplier ticker;
  private final ScheduledExecutorService timer;
  private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Failure> last = new AtomicReference<>();
  private volatile StallListener listener = StallListener.NOBODY;

  /** The breaker of a store, closed: it may be asked. */
  Outage(String store, Rules rules, LongSupplier ticker, ScheduledExecutorService timer) {
    this.store = store;
    this.rules = rules;
    this.ticker = ticker;
    this.timer = timer;
  }

  /** Names the one who hears of stalls from now on. */
  void onStall(StallListener newListener) {
    listener = newListener;
  }

  // calls

  /** Makes a call and opens the breaker if it fails, closes it if not. */
  <T> T watch(Supplier<T> call) {
    T answer = noteFailure(call);
    answered();
    return answer;
  }

  /** Makes a call and opens the breaker if it fails. */
  <T> T noteFailure(Supplier<T> call) {
    try {
      return call.get();
    } catch (UnknownDealException | DealConflictException answered) {
      throw answered;
    } catch (Throwable broken) {
      failed(Failures.of(broken));
      throw broken;
    }
  }

  /** Makes a call that counts as a failure once it has taken too long, until it ends. */
  <T> T timed(String dealId, Supplier<T> call) {
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
      return timer.schedule(() -> stall(call), rules.stall.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RuntimeException | Error ended) {
      return null; // the timer ends before the calls do
    }
  }

  private void stall(Call call) {
    synchronized (call) {
      if (call.over) {
        return;
      }
      call.stalled = true;
    }
    LOG.warn("the {} has not answered a call of deal {} for {}", store, call.dealId, rules.stall);
    listener.stalled(call.dealId);
  }

  private void end(Call call) {
    synchronized (call) {
      call.over = true;
      if (!call.stalled) {
        return;
      }
    }
    LOG.info("the call of deal {} that the {} did not answer is over", call.dealId, store);
    listener.ended();
  }

  /** The store answered: the breaker is closed. */
  void answered() {
    if (last.get() != null && last.getAndSet(null) != null) {
      LOG.info("the {} answers again", store);
    }
  }

  private void failed(HotDealException cause) {
    if (last.getAndSet(new Failure(ticker.getAsLong(), cause)) == null) {
      LOG.warn("the {} does not answer: {}", store, cause.getMessage());
    }
  }

  // whether to ask

  /** The refusal to give while the store is left alone, or null where the deal may ask it. */
  @Nullable NothingHappenedException refusal(String dealId) {
    NothingHappenedException stalled = stallRefusal(dealId);
    Failure failure = last.get();
    return stalled != null || failure == null || isPauseOver(failure) ? stalled : refusal(failure);
  }

  /** The refusal to give until a probe has closed the breaker, or null where it is closed. */
  @Nullable NothingHappenedException refusalUntilProbed(String dealId) {
    NothingHappenedException stalled = stallRefusal(dealId);
    Failure failure = last.get();
    return stalled != null || failure == null ? stalled : refusal(failure);
  }

  private NothingHappenedException refusal(Failure failure) {
    return new NothingHappenedException(
        "the " + store + " failed a moment ago: " + failure.cause.getMessage(), failure.cause);
  }

  /** The refusal to give while a call keeps the deal from the store, or null where none does. */
  @Nullable NothingHappenedException stallRefusal(String dealId) {
    return isStalled(dealId)
        ? new NothingHappenedException(
            "not started: the "
                + store
                + " has not answered a call for "
                + rules.stall
                + ", the limit")
        : null;
  }

  private boolean isStalled(String dealId) {
    if (underWay.isEmpty()) {
      return false;
    }
    long now = ticker.getAsLong();
    for (Call call : underWay) {
      if (now - call.startedAt >= rules.stall.toNanos()
          && (rules.scope == Scope.STORE || call.dealId.equals(dealId))) {
        return true;
      }
    }
    return false;
  }

  /** Said by an order that goes and asks: the others leave the store alone for another pause. */
  void asking() {
    Failure failure = last.get();
    if (failure != null && isPauseOver(failure)) {
      boolean unused = restartPause(failure);
    }
  }

  /** Whether the store may be asked, where it failed by one caller per pause: this one. */
  boolean mayProbe(String dealId) {
    if (isStalled(dealId)) {
      return false;
    }
    Failure failure = last.get();
    return failure == null || (isPauseOver(failure) && restartPause(failure));
  }

  /** Whether it failed, and has not answered since. */
  boolean isOpen() {
    return last.get() != null;
  }

  private boolean restartPause(Failure failure) {
    return last.compareAndSet(failure, new Failure(ticker.getAsLong(), failure.cause));
  }

  private boolean isPauseOver(Failure failure) {
    return ticker.getAsLong() - failure.at >= rules.pause.toNanos();
  }
}
