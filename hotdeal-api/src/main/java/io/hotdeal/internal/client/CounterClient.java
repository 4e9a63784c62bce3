package io.hotdeal.internal.client;

import io.hotdeal.Order;
import io.hotdeal.Reconciliation;
import io.hotdeal.Refusal;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.Tally;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stock counter as the order flow uses it; there may be none. Methods that return a future
 * never block.
 */
public interface CounterClient {

  /**
   * The decision whether an order may go on to the log.
   *
   * @param mayHoldClaim whether the counter may hold units for the order: a later failure is then
   *     not without effect
   * @param refusal why the order may not go on, null if it may
   */
  record Pass(boolean mayHoldClaim, @Nullable Refusal refusal) {

    public static final Pass WITHOUT_CLAIM = new Pass(false, null);
    public static final Pass WITH_CLAIM = new Pass(true, null);

    public static Pass refused(Refusal why) {
      return new Pass(false, why);
    }
  }

  /** Creates the deal in the counter with the units left in the log, unless it exists. Blocks. */
  void open(Tally fromLog);

  /** Gives the counter the terms that the log has now. Blocks. */
  void change(DealTerms terms);

  /** Deletes what the counter keeps of a closed deal. Blocks. */
  void purge(DealTerms closed);

  /** Claims the order's units. */
  CompletableFuture<Pass> claim(Order order);

  /**
   * Moves the deadline of an order's claim to its time to pay. Best effort, like {@link #settle}.
   */
  CompletableFuture<Boolean> postpone(Order order);

  /**
   * Marks the claim of a sold order as settled. Best effort: may be lost, and no buyer waits for
   * it.
   *
   * @return whether it was done; never fails, because the resolver makes up for it
   */
  CompletableFuture<Boolean> settle(Order order);

  /** The same without the delay for larger batches, for recovery. */
  CompletableFuture<Boolean> settleNow(Order order);

  /** Sends delayed calls now, and all later calls without delay. */
  void flush();

  /**
   * Gives back the units of an order that will not be sold. The buyer's result waits for it, so
   * that the units are available when the buyer tries again.
   *
   * @return whether it was done; never fails, because the resolver makes up for it
   */
  CompletableFuture<Boolean> release(Order order);

  /**
   * Frees the buyer's limit of an order that was sold and is given back. Best effort, like {@link
   * #release}.
   */
  CompletableFuture<Boolean> giveBack(Order order);

  /** Claims held for longer than the deal's hold; any of them, if there are more than the limit. */
  CompletableFuture<List<Order>> overdue(String dealId, int limit);

  /** Whether any claims of the deal are held, overdue or not. */
  CompletableFuture<Boolean> hasClaims(String dealId);

  /**
   * Makes the counter's count exact, unless orders change the deal meanwhile.
   *
   * @param endedHolds accepts the rows of ended holds whose claims are held all the same, perhaps
   *     repeatedly; must be thread-safe
   */
  CompletableFuture<Reconciliation> reconcile(String dealId, Consumer<OrderRecord> endedHolds);

  /** Reconciles in the background until the count is exact. Never blocks. */
  void scheduleReconcile(String dealId);

  /** Stops the work in the background. */
  void stop();

  /** Corrects the counter in the background, after the log refused an order that it had passed. */
  void correctAfter(Order order, Refusal logRefusal);
}
