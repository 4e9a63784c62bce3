package io.hotdeal;

import io.hotdeal.internal.engine.Engine;
import io.hotdeal.internal.engine.OrderIntake;
import java.util.concurrent.CompletableFuture;

/**
 * The entry point of this library: takes orders for limited deals and returns their results.
 *
 * <pre>{@code
 * HotDeal hotDeal = HotDeal.builder().counter(redis).log(oracle).payments(gateway).build();
 * hotDeal.open(Deal.of("prod-001", 1000));
 * OrderResult result = hotDeal.order(Order.of("order-id", "prod-001", "buyer-42", 1));
 * }</pre>
 *
 * <p>A result is durable when it is returned: {@link OrderResult.Placed} has a PAID row in the log.
 * Any number of instances, in any number of processes, may sell the same deal over the same stores.
 * Thread-safe.
 *
 * <p>{@link #orderAsync}, {@link #newOrder} and {@link #resolver} never block; the other methods
 * do. Refusals are values; failures are a {@link HotDealException}, whose type tells whether this
 * attempt may have had an effect.
 */
public final class HotDeal implements AutoCloseable {

  private final Engine engine;
  private final OrderIntake orders;
  private final Resolver resolver;

  HotDeal(Engine engine) {
    this.engine = engine;
    this.orders = engine.orders();
    this.resolver = new Resolver(engine.sweeps());
  }

  /** Creates a builder with the default settings. */
  public static HotDealBuilder builder() {
    return new HotDealBuilder();
  }

  /**
   * Opens a deal in the log, durably, then in the counter with the units that the log has left.
   * Opening the same deal again changes nothing, so every process may do it when it starts.
   *
   * @throws DealConflictException if the id is taken by a deal with other terms; if that is so only
   *     in the counter, the deal is open in the log
   * @throws HotDealException if the log is unavailable. An unavailable counter gets the deal later,
   *     in the background; with {@link HotDealBuilder#refuseWhenCounterIsDown} it is an {@link
   *     OutcomeUnknownException}: the deal is open in the log, repeat the call
   */
  public void open(Deal deal) {
    engine.deals().open(deal);
  }

  /**
   * Ends a deal's sale, durably. Orders already in the log are still finished, and retries still
   * get the result of their order.
   *
   * @throws UnknownDealException if the deal was never opened
   * @throws HotDealException if the log is unavailable; an unavailable counter is treated as by
   *     {@link #open}
   */
  public void closeDeal(String dealId) {
    engine.deals().close(dealId);
  }

  /**
   * Adds units to a deal, or removes units that are still left if {@code units} is negative.
   * Idempotent by {@code operationId}. Durable in the log when it returns; the counter is updated
   * in the background, which may have to wait for a moment without claims of this deal: at the
   * latest until the counter has no units left.
   *
   * @param units the change, not 0
   * @param operationId identifies this change within the deal, see {@link Ids}
   * @throws UnknownDealException if the deal was never opened
   * @throws NothingHappenedException if fewer than {@code -units} are left, if the quantity would
   *     exceed {@link Units#MAX}, or if the operation id was used with other units
   * @throws HotDealException if the log is unavailable
   */
  public void restock(String dealId, long units, String operationId) {
    engine.deals().restock(dealId, units, operationId);
  }

  /**
   * Deletes what the stores keep of a closed deal only to detect late duplicates: cancelled orders,
   * tombstones, and the counter's order ids. Sold orders stay in the log.
   *
   * @return how many rows were deleted from the log
   * @throws UnknownDealException if the deal was never opened
   * @throws NothingHappenedException if the deal is not closed, or has an order in state RESERVED:
   *     sweep it first
   * @throws HotDealException if the log is unavailable; an unavailable counter is treated as by
   *     {@link #open}, but keeps its data
   */
  public long purge(String dealId) {
    return engine.deals().purge(dealId);
  }

  /**
   * The resolver of this instance, which finishes the orders that crashed processes left
   * unfinished.
   */
  public Resolver resolver() {
    return resolver;
  }

  /**
   * Creates an order with a new id. Keep it for retries; mark it with {@link
   * Order#asFirstAttempt()} only in the call that sends it first.
   *
   * @throws IllegalArgumentException if an id or the quantity is invalid, see {@link Order}
   */
  public Order newOrder(String dealId, String buyerId, long quantity) {
    return Order.of(engine.newOrderId(), dealId, buyerId, quantity);
  }

  /**
   * Places an order and waits for its result, at most for the {@link HotDealBuilder#orderTimeout}.
   *
   * @throws NothingHappenedException if this attempt had no effect, for certain
   * @throws OutcomeUnknownException if it may have had one, also after a time-out or an interrupt:
   *     send the same order again, no longer marked as a first attempt, to get its result
   */
  public OrderResult order(Order order) {
    return orders.place(order);
  }

  /**
   * Places an order without blocking; it occupies no thread while it waits for a store or the
   * gateway.
   *
   * @return completes with the result, or fails with what {@link #order} throws. Stages that depend
   *     on it run on this instance's threads unless they are given an executor, and must not block
   */
  public CompletableFuture<OrderResult> orderAsync(Order order) {
    return orders.placeAsync(order);
  }

  /**
   * Accepts no more orders, waits for those under way up to the {@link
   * HotDealBuilder#shutdownTimeout}, fails the rest with {@link OutcomeUnknownException}, and stops
   * the threads that it created. The stores are not closed.
   */
  @Override
  public void close() {
    engine.close();
  }
}
