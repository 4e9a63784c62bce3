package io.hotdeal;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** When a call leaves that somebody waits for: those who come until then travel with it. */
@FunctionalInterface
interface Pace {

  /** It leaves at once: for what has to be quick. */
  Pace AT_ONCE = (dealId, call) -> call.run();

  /**
   * Starts a call of a deal, now or later, in any thread. Never blocks.
   *
   * @param call hands the call over to the threads that make it, once; never throws
   */
  void start(String dealId, Runnable call);

  /** It waits so long for company. (Kafka's producers call it linger.) */
  static Pace lingering(Duration linger, ScheduledExecutorService timer) {
    return linger.isZero()
        ? AT_ONCE
        : (dealId, call) -> {
          try {
            var unused = timer.schedule(call, linger.toNanos(), TimeUnit.NANOSECONDS);
          } catch (RuntimeException | Error ended) {
            call.run(); // whatever keeps the timer from it: a lane waits for this call
          }
        };
  }

  /** This pace for some deals, at once for the others. */
  default Pace onlyFor(Predicate<String> deals) {
    return (dealId, call) -> (deals.test(dealId) ? this : AT_ONCE).start(dealId, call);
  }
}
