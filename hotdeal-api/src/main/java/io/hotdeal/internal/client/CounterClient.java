package io.hotdeal.internal.client;

import io.hotdeal.Order;
import io.hotdeal.Reconciliation;
import io.hotdeal.Refusal;
import io.hotdeal.spi.Tally;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The stock counter as the order flow uses it; there may be none. */
public interface CounterClient {

  /**
   * Whether an order may go on to the log.
   *
   * @param mayHoldClaim whether the counter may hold units for it: then something has happened
   * @param refusal why it may not, null where it may
   */
  record Pass(boolean mayHoldClaim, @Nullable Refusal refusal) {

    public static final Pass WITHOUT_CLAIM = new Pass(false, null);
    public static final Pass WITH_CLAIM = new Pass(true, null);

    public static Pass refused(Refusal why) {
      return new Pass(false, why);
    }
  }

  /** Creates the deal in the counter as the log has it, unless it is there. Blocks. */
  void open(Tally fromLog);

  /** Ends the sale of the deal at the counter. Blocks. */
  void close(String dealId);

  /** Deletes what the counter keeps of a closed deal. Blocks. */
  void purge(String dealId);

  /** Claims the order's units. */
  CompletableFuture<Pass> claim(Order order);

  /**
   * Marks the claim of a sold order as settled. May be lost; no buyer waits for it.
   *
   * @return whether it was done; never fails, the resolver does what could not be done
   */
  CompletableFuture<Boolean> settle(Order order);

  /** The same in a call that does not linger, for recovery. */
  CompletableFuture<Boolean> settleNow(Order order);

  /** Sends lingering calls now, and later ones at once. */
  void flush();

  /**
   * Gives back the units of an order that is CANCELLED in the log. The buyer waits for it, so that
   * the units are there when they try again.
   *
   * @return whether it was done; never fails, the resolver does what could not be done
   */
  CompletableFuture<Boolean> release(Order order);

  /** Claims held for longer than the deal allows; any of them, if there are more than the limit. */
  CompletableFuture<List<Order>> overdue(String dealId, int limit);

  /** Makes the counter's count exact, unless orders come and go all the while. */
  CompletableFuture<Reconciliation> reconcile(String dealId);

  /** Reconciles in the background until the count is exact. Never blocks. */
  void scheduleReconcile(String dealId);

  /** Corrects the counter in the background: the log refused an order that it had passed. */
  void correctAfter(Order order, Refusal logRefusal);
}
