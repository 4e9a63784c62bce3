package io.hotdeal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that failed is left alone, but for about one order per pause, which finds out whether it
 * answers again: the first answer ends the outage. So a store that hangs holds up few.
 */
final class Outage {

  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  private record Failure(long at, HotDealException cause) {}

  private final String store;
  private final long pauseNanos;
  private final LongSupplier ticker;
  private final AtomicReference<@Nullable Failure> last = new AtomicReference<>();

  Outage(String store, Duration pause, LongSupplier ticker) {
    this.store = store;
    this.pauseNanos = pause.toNanos();
    this.ticker = ticker;
  }

  /** Makes a call to the store and learns from how it ends. */
  <T> T watch(Supplier<T> call) {
    try {
      T answer = call.get();
      answered();
      return answer;
    } catch (UnknownDealException | DealConflictException answered) {
      throw answered;
    } catch (HotDealException broken) {
      failed(broken);
      throw broken;
    }
  }

  void watch(Runnable call) {
    boolean unused =
        watch(
            () -> {
              call.run();
              return true;
            });
  }

  private void answered() {
    if (last.get() != null && last.getAndSet(null) != null) {
      LOG.info("the {} answers again", store);
    }
  }

  private void failed(HotDealException cause) {
    if (last.getAndSet(new Failure(ticker.getAsLong(), cause)) == null) {
      LOG.warn("the {} does not answer: {}", store, cause.getMessage());
    }
  }

  boolean isOn() {
    return last.get() != null;
  }

  /** The refusal to give while the store is left alone, or null where the store may be asked. */
  @Nullable NothingHappenedException refusal() {
    Failure failure = last.get();
    if (failure == null || isOver(failure)) {
      return null;
    }
    return new NothingHappenedException(
        "the " + store + " failed a moment ago: " + failure.cause.getMessage(), failure.cause);
  }

  /** Said by an order that goes and asks: the others leave the store alone for another pause. */
  void asking() {
    Failure failure = last.get();
    if (failure != null && isOver(failure)) {
      last.compareAndSet(failure, new Failure(ticker.getAsLong(), failure.cause));
    }
  }

  private boolean isOver(Failure failure) {
    return ticker.getAsLong() - failure.at >= pauseNanos;
  }
}
