package io.hotdeal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that failed is left alone, but for about one order per pause, which finds out whether it
 * answers again: the first answer ends the outage. A store that hangs has failed too, once a call
 * has gone without an answer for too long; it is left alone until that call ends.
 */
final class Outage {

  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  private record Failure(long at, HotDealException cause) {}

  /** A call under way; told apart by identity. */
  private static final class Call {
    final long startedAt;

    Call(long startedAt) {
      this.startedAt = startedAt;
    }
  }

  private final String store;
  private final long pauseNanos;
  private final Duration stall;
  private final LongSupplier ticker;
  private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Failure> last = new AtomicReference<>();

  /**
   * Watches a store.
   *
   * @param pause how long it is left alone after a failure
   * @param stall how long one call may take
   */
  Outage(String store, Duration pause, Duration stall, LongSupplier ticker) {
    this.store = store;
    this.pauseNanos = pause.toNanos();
    this.stall = stall;
    this.ticker = ticker;
  }

  /** Makes a call to the store and learns from how it ends. */
  <T> T watch(Supplier<T> call) {
    Call mine = new Call(ticker.getAsLong());
    underWay.add(mine);
    try {
      T answer = call.get();
      answered();
      return answer;
    } catch (UnknownDealException | DealConflictException answered) {
      throw answered;
    } catch (HotDealException broken) {
      failed(broken);
      throw broken;
    } finally {
      underWay.remove(mine);
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

  /** The store answered: if there was an outage, it is over. */
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

  private boolean isStalled() {
    if (underWay.isEmpty()) {
      return false;
    }
    long now = ticker.getAsLong();
    for (Call call : underWay) {
      if (now - call.startedAt >= stall.toNanos()) {
        return true;
      }
    }
    return false;
  }

  /** The refusal to give while the store is left alone, or null where the store may be asked. */
  @Nullable NothingHappenedException refusal() {
    if (isStalled()) {
      return new NothingHappenedException(
          "not started: the " + store + " has not answered a call for " + stall + ", the limit");
    }
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
