package io.hotdeal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What stands in front of the log: the counter, or nothing. */
interface Gate {

  /**
   * What the gate says to an order.
   *
   * @param mayHoldClaim whether the counter may hold units for it: then something has happened
   * @param refusal why it is turned away, null where it may go on to the log
   */
  record Pass(boolean mayHoldClaim, @Nullable Refusal refusal) {

    static final Pass WITHOUT_CLAIM = new Pass(false, null);
    static final Pass WITH_CLAIM = new Pass(true, null);

    static Pass refused(Refusal why) {
      return new Pass(false, why);
    }
  }

  /** Seeds the deal as the log has it; blocks. Changes nothing where it stands already. */
  void open(Tally fromLog);

  /** Ends the deal's sale at the gate; blocks. */
  void close(String dealId);

  /** Forgets the ids of a closed deal; blocks. */
  void purge(String dealId);

  /** Claims the order's units. */
  CompletableFuture<Pass> enter(Order order);

  /**
   * The order is sold. Housekeeping: may be lost, and no buyer waits for it.
   *
   * @return whether it was done; never fails, what could not be done is left to the resolver
   */
  CompletableFuture<Boolean> settle(Order order);

  /** The same without waiting for company: whoever finishes orders that others left asks for it. */
  CompletableFuture<Boolean> settleNow(Order order);

  /** What lingers leaves now, and from now on nothing does any more: the desk closes. */
  void hurry();

  /**
   * The log said CANCELLED, so the units go back. Housekeeping too, but worth the wait: whoever is
   * refused, and comes again, finds the units there.
   *
   * @return whether it was done; never fails, what could not be done is left to the resolver
   */
  CompletableFuture<Boolean> release(Order order);

  /**
   * Claims held for longer than the deal allows; which of them, if there are more, is not promised.
   */
  CompletableFuture<List<Order>> overdue(String dealId, int limit);

  /** Makes the counter's count right, if the deal keeps still for a moment. */
  CompletableFuture<Reconciliation> reconcile(String dealId);

  /** The same, again and again until it is right; nobody waits for it. */
  void mend(String dealId);

  /** The log refused an order that had passed: has the counter learn why. Nobody waits for it. */
  void learn(Order order, Refusal refusal);
}
