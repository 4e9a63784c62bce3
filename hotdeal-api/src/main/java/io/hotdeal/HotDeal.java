package io.hotdeal;

import io.hotdeal.internal.engine.Engine;
import io.hotdeal.internal.engine.OrderIntake;
import java.util.concurrent.CompletableFuture;

/**
 * Sells limited deals: takes orders in, and answers what became of them.
 *
 * <pre>{@code
 * HotDeal hotDeal = HotDeal.builder().counter(redis).log(oracle).payments(gateway).build();
 * hotDeal.open(Deal.of("prod-001", 1000));
 * OrderResult result = hotDeal.order(Order.of("order-id", "prod-001", "buyer-42", 1));
 * }</pre>
 *
 * <p>A result is durable when it is returned: Placed has a PAID row in the log. Any number of
 * instances, in any number of processes, may sell the same deal over the same stores. Thread-safe.
 *
 * <p>{@link #orderAsync} and {@link #newOrder} never block, the others do. Refusals are values;
 * failures are a {@link HotDealException}, which says whether this attempt may have had an effect.
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

  /** A builder with the defaults. */
  public static HotDealBuilder builder() {
    return new HotDealBuilder();
  }

  /**
   * Opens a deal in the log, then in the counter, seeded with what the log has left. The same deal
   * again changes nothing, so every process may open it when it starts.
   *
   * @throws DealConflictException if the id is taken by a deal with other terms; where that is in
   *     the counter, the log has opened it
   * @throws HotDealException if the log cannot answer; a counter that cannot is seeded later
   */
  public void open(Deal deal) {
    engine.deals().open(deal);
  }

  /**
   * Ends a deal's sale; orders under way are finished, retries still learn what became of them.
   *
   * @throws UnknownDealException if the deal was never opened
   */
  public void closeDeal(String dealId) {
    engine.deals().close(dealId);
  }

  /**
   * Adds units to a deal, or takes away units that are still left when negative. Once per {@code
   * operationId}: the same operation again changes nothing. Durable when it returns; the counter
   * follows as soon as no order of the deal comes or goes for a moment, at the latest when it has
   * nothing left.
   *
   * @param units not 0
   * @throws UnknownDealException if the deal was never opened
   * @throws NothingHappenedException if fewer than {@code -units} are left, if the quantity would
   *     pass {@link Units#MAX}, or if the operation id was used with other units
   */
  public void restock(String dealId, long units, String operationId) {
    engine.deals().restock(dealId, units, operationId);
  }

  /**
   * Frees what the stores keep of a closed deal for late duplicates: cancelled orders, tombstones,
   * and the counter's ids. Sales stay in the log.
   *
   * @return how many rows were deleted from the log
   * @throws UnknownDealException if the deal was never opened
   * @throws NothingHappenedException if it is not closed, or if an order of it is still RESERVED:
   *     sweep it first
   */
  public long purge(String dealId) {
    return engine.deals().purge(dealId);
  }

  /** Finishes what crashed processes left; ends with this instance. */
  public Resolver resolver() {
    return resolver;
  }

  /**
   * An order under a fresh id. Keep it for retries, and mark it, {@link Order#asFirstAttempt()},
   * only where it is sent for the first time.
   */
  public Order newOrder(String dealId, String buyerId, long quantity) {
    return Order.of(engine.newOrderId(), dealId, buyerId, quantity);
  }

  /**
   * Places an order and waits for its result.
   *
   * @throws NothingHappenedException if this attempt had no effect, for certain
   * @throws OutcomeUnknownException if it may have: send the same order again to learn, no longer
   *     marked as a first attempt
   */
  public OrderResult order(Order order) {
    return orders.place(order);
  }

  /**
   * Places an order without waiting; no thread is held while it is under way.
   *
   * @return completes with the result, or fails with what {@link #order} throws. What follows it
   *     runs on its threads unless it is given an executor, and must not block them
   */
  public CompletableFuture<OrderResult> orderAsync(Order order) {
    return orders.placeAsync(order);
  }

  /**
   * Takes no more orders, waits for those under way up to the shutdown time-out, fails the rest as
   * unknown, and ends its threads.
   */
  @Override
  public void close() {
    engine.close();
  }
}
