package io.hotdeal.internal.batch;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** When a call is sent for which orders wait: orders that arrive before that share it. */
@FunctionalInterface
public interface FlushPolicy {

  /** Sends the call at once. */
  FlushPolicy IMMEDIATE = (dealId, call) -> call.run();

  /**
   * Sends a call of a deal, now or later, from any thread. Never blocks.
   *
   * @param call hands the call to the threads that make it, once; never throws
   */
  void send(String dealId, Runnable call);

  /** Delays each call, so that more orders can join. (Kafka producers: {@code linger.ms}.) */
  static FlushPolicy lingering(Duration linger, ScheduledExecutorService timer) {
    return linger.isZero()
        ? IMMEDIATE
        : (dealId, call) -> {
          try {
            var unused = timer.schedule(call, linger.toNanos(), TimeUnit.NANOSECONDS);
          } catch (RuntimeException | Error rejected) {
            call.run(); // whatever the reason: the queue waits for this call
          }
        };
  }

  /** This policy for some deals, {@link #IMMEDIATE} for the others. */
  default FlushPolicy onlyFor(Predicate<String> deals) {
    return (dealId, call) -> (deals.test(dealId) ? this : IMMEDIATE).send(dealId, call);
  }
}
