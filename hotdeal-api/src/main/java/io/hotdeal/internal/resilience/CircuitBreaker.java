package io.hotdeal.internal.resilience;

import io.hotdeal.HotDealException;
import io.hotdeal.HotDealListener.Store;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.spi.PartialFailureException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one store: a failed call opens it, and it refuses calls for a while; then
 * one call at a time probes whether the store answers again. A slow call keeps it open for its
 * scope, see {@link SlowCallMonitor}. Thread-safe.
 */
public final class CircuitBreaker {

  private record Failure(long at, HotDealException cause) {}

  private final Store store;
  private final Duration openFor;
  private final LongSupplier ticker;
  private final SlowCallMonitor slowCalls;
  private final EventPublisher events;
  private final AtomicReference<@Nullable Failure> last = new AtomicReference<>();

  /**
   * Creates a closed breaker.
   *
   * @param openFor how long calls are refused after a failure
   */
  public CircuitBreaker(
      Store store,
      Duration openFor,
      LongSupplier ticker,
      SlowCallMonitor slowCalls,
      EventPublisher events) {
    this.store = store;
    this.openFor = openFor;
    this.ticker = ticker;
    this.slowCalls = slowCalls;
    this.events = events;
  }

  // calls

  /** Makes a call: a failure opens the breaker, a success closes it. */
  public <T> T execute(Supplier<T> call) {
    try {
      T answer = executeWithoutClosing(call);
      close();
      return answer;
    } catch (PartialFailureException some) {
      if (Failures.ofStore(some) == null) {
        close();
      }
      throw some;
    }
  }

  /** Makes a call: a failure opens the breaker, a success does not close it. */
  public <T> T executeWithoutClosing(Supplier<T> call) {
    try {
      return call.get();
    } catch (PartialFailureException some) {
      HotDealException broken = Failures.ofStore(some);
      if (broken != null) {
        open(broken);
      }
      throw some;
    } catch (Throwable broken) {
      if (!Failures.isAnswer(broken)) {
        open(Failures.of(broken));
      }
      throw broken;
    }
  }

  /** The monitor of this store's slow calls. */
  public SlowCallMonitor slowCalls() {
    return slowCalls;
  }

  /** Closes the breaker, after a successful call. */
  public void close() {
    if (last.get() != null && last.getAndSet(null) != null) {
      events.publish(listener -> listener.breakerClosed(store));
    }
  }

  private void open(HotDealException cause) {
    events.publish(listener -> listener.storeCallFailed(store, cause));
    if (last.getAndSet(new Failure(ticker.getAsLong(), cause)) == null) {
      events.publish(listener -> listener.breakerOpened(store, cause));
    }
  }

  // permission

  /** The refusal of a call for a deal now, or null if the call may be made, as a probe too. */
  public @Nullable NothingHappenedException refusal(String dealId) {
    NothingHappenedException slow = slowCalls.refusal(dealId);
    Failure failure = last.get();
    return slow != null || failure == null || isProbeDue(failure) ? slow : refusal(failure);
  }

  /** The refusal of a call for a deal unless the breaker is closed, or null if it is. */
  public @Nullable NothingHappenedException refusalUntilProbed(String dealId) {
    NothingHappenedException slow = slowCalls.refusal(dealId);
    Failure failure = last.get();
    return slow != null || failure == null ? slow : refusal(failure);
  }

  /** The refusal of a call for a deal because of a slow call, or null if there is none. */
  public @Nullable NothingHappenedException slowCallRefusal(String dealId) {
    return slowCalls.refusal(dealId);
  }

  private NothingHappenedException refusal(Failure failure) {
    return new NothingHappenedException(
        "the " + store + " failed a moment ago: " + failure.cause.getMessage(), failure.cause);
  }

  /** Makes the next call the probe, if one is due: others are refused for another period. */
  public void startProbe() {
    Failure failure = last.get();
    if (failure != null && isProbeDue(failure)) {
      boolean unused = restartPeriod(failure);
    }
  }

  /**
   * Whether the caller may call the store; while the breaker is open, only one caller per period.
   */
  public boolean tryProbe(String dealId) {
    if (slowCalls.hasSlowCall(dealId)) {
      return false;
    }
    Failure failure = last.get();
    return failure == null || (isProbeDue(failure) && restartPeriod(failure));
  }

  /** Whether the breaker is open, also while a probe is due. */
  public boolean isOpen() {
    return last.get() != null;
  }

  private boolean restartPeriod(Failure failure) {
    return last.compareAndSet(failure, new Failure(ticker.getAsLong(), failure.cause));
  }

  private boolean isProbeDue(Failure failure) {
    return ticker.getAsLong() - failure.at >= openFor.toNanos();
  }
}
