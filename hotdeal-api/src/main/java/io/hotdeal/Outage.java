package io.hotdeal;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that failed is left alone for a pause; then calls go to it again, and the first answer
 * ends the outage.
 */
final class Outage {

  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  private record Failure(long at, HotDealException cause) {}

  private final String store;
  private final long pauseNanos;
  private final LongSupplier ticker;
  private volatile @Nullable Failure last;

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
    if (last != null) {
      last = null;
      LOG.info("the {} answers again", store);
    }
  }

  private void failed(HotDealException cause) {
    if (last == null) {
      LOG.warn("the {} does not answer: {}", store, cause.getMessage());
    }
    last = new Failure(ticker.getAsLong(), cause);
  }

  /** The refusal to give while the store is left alone, or null. */
  @Nullable NothingHappenedException refusal() {
    Failure failure = last;
    if (failure == null || ticker.getAsLong() - failure.at >= pauseNanos) {
      return null;
    }
    return new NothingHappenedException(
        "the " + store + " failed a moment ago: " + failure.cause.getMessage(), failure.cause);
  }
}
