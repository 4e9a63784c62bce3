package io.hotdeal.internal.recovery;

import io.hotdeal.internal.recovery.Sweeper.Scope;
import java.time.Duration;

/**
 * A sweep that this process owes a deal.
 *
 * @param closed whether the deal is closed
 * @param lease how long this process has the deal yet; zero without a lease
 */
record Duty(String dealId, Scope scope, boolean closed, Duration lease) {

  /** Of a deal that the log does not know: its sweep fails, and says so. */
  static Duty unknown(String dealId) {
    return new Duty(dealId, Scope.ALL, false, Duration.ZERO);
  }
}
