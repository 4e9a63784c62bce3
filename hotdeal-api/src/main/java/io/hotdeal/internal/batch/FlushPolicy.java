package io.hotdeal.internal.batch;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The decision when to send a call for which orders wait; orders that arrive before that share it.
 */
@FunctionalInterface
public interface FlushPolicy {

  /** Sends the call at once. */
  FlushPolicy IMMEDIATE = (dealId, call) -> call.run();

  /**
   * Sends a call of a deal, now or later. May be called from any thread. Never blocks.
   *
   * @param call to be run once, on any thread: hands the call to the threads that make it; never
   *     throws
   */
  void send(String dealId, Runnable call);

  /**
   * Creates a policy that delays each call, so that more orders can join it. (Kafka producers:
   * {@code linger.ms}.)
   */
  static FlushPolicy lingering(Duration linger, ScheduledExecutorService timer) {
    return linger.isZero()
        ? IMMEDIATE
        : (dealId, call) -> {
          try {
            var unused = timer.schedule(call, linger.toNanos(), TimeUnit.NANOSECONDS);
          } catch (RuntimeException | Error rejected) {
            call.run(); // for any reason: the call must be sent, because the queue waits for it
          }
        };
  }

  /** This policy for some deals, {@link #IMMEDIATE} for the others. */
  default FlushPolicy onlyFor(Predicate<String> deals) {
    return (dealId, call) -> (deals.test(dealId) ? this : IMMEDIATE).send(dealId, call);
  }
}
