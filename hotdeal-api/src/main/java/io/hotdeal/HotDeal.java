package io.hotdeal;

import io.hotdeal.internal.engine.Engine;
import io.hotdeal.internal.engine.OrderIntake;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
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
 * <p>{@link #newOrder}, {@link #resolver} and the methods that return a future never block; the
 * other methods do. Refusals are values; failures are a {@link HotDealException}, whose type tells
 * whether this attempt may have had an effect.
 */
public final class HotDeal implements AutoCloseable {

  private final Engine engine;
  private final OrderIntake orders;
  private final Resolver resolver;
  private final EventDelivery events;

  HotDeal(Engine engine) {
    this.engine = engine;
    this.orders = engine.orders();
    this.resolver = new Resolver(engine.sweeps());
    this.events = new EventDelivery(engine.deliveries());
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
    var unused = change(dealId, DealChange.to(DealState.CLOSED));
  }

  /**
   * Changes the terms of a deal while it sells: its limit per buyer, its window, and whether it is
   * open, paused or closed; a closed deal can be opened again. Durable in the log when it returns,
   * and in force for all orders that the log reserves from then on, of every process; orders that
   * are reserved or held are finished under the terms that they were reserved under. {@link
   * #restock} changes the quantity.
   *
   * @return the terms as they are now
   * @throws UnknownDealException if the deal was never opened
   * @throws IllegalArgumentException if a value is out of range
   * @throws NothingHappenedException if the deal was purged, and would be open or paused
   * @throws HotDealException if the log is unavailable; an unavailable counter is treated as by
   *     {@link #open}
   */
  public DealTerms change(String dealId, DealChange change) {
    return engine.deals().change(Ids.check("deal id", dealId), change);
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
   * @throws NothingHappenedException if the deal is not closed, or has an order in state RESERVED
   *     or HELD: sweep it first
   * @throws HotDealException if the log is unavailable; an unavailable counter is treated as by
   *     {@link #open}, but keeps its data
   */
  public long purge(String dealId) {
    return engine.deals().purge(dealId);
  }

  /**
   * Reads an order from the log, as it stands. Empty proves nothing about an order that is still
   * under way.
   *
   * @throws HotDealException if the log is unavailable
   */
  public Optional<OrderRecord> find(String dealId, String orderId) {
    return engine.deals().find(dealId, orderId);
  }

  /**
   * Searches the log for orders of a buyer or of a deal, newest first, one page per call. Not
   * batched: one statement of its own. Without the optional index for the search (see the schema)
   * it reads all rows of the deal, or of the table.
   *
   * @throws HotDealException if the log is unavailable
   */
  public List<OrderRecord> orders(OrderQuery query) {
    return engine.deals().orders(query);
  }

  /** The delivery of events to the consumers of this instance, see {@link EventConsumer}. */
  public EventDelivery events() {
    return events;
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
   * An id that was held is not charged: the result is how it stands, such as {@link
   * OrderResult.Held}.
   *
   * @throws IllegalArgumentException if the order has {@link Order#payWithin}: use {@link #hold}
   * @throws NothingHappenedException if this attempt had no effect, for certain
   * @throws OutcomeUnknownException if it may have had one, also after a time-out or an interrupt:
   *     send the same order again, no longer marked as a first attempt, to get its result
   */
  public OrderResult order(Order order) {
    return orders.place(paidAtOnce(order));
  }

  /**
   * Places an order without blocking; it occupies no thread while it waits for a store or the
   * gateway.
   *
   * @return completes with the result, or fails with what {@link #order} throws. Stages that depend
   *     on it run on this instance's threads unless they are given an executor, and must not block
   */
  public CompletableFuture<OrderResult> orderAsync(Order order) {
    return orders.placeAsync(paidAtOnce(order));
  }

  private static Order paidAtOnce(Order order) {
    if (order.isHold()) {
      throw new IllegalArgumentException(
          "order " + order.id() + " is to be paid within " + order.payWithin() + ": use hold()");
    }
    return order;
  }

  /**
   * Holds an order's units for a payment that is made elsewhere, such as on a payment page, and
   * waits for the result, at most for the {@link HotDealBuilder#orderTimeout}. Nobody is charged,
   * unless the id is that of an {@link #order} under way, which is then finished.
   *
   * <p>{@link #confirm} sells the order, {@link #extend} moves its deadline, {@link #cancel} gives
   * the units back: each from any process, by the ids alone. After the deadline the {@link
   * Resolver} asks the payment gateway, and sells the order or gives the units back.
   *
   * @param payWithin how long the units are held, by the log's clock, 1 ms to 30 days; shortened to
   *     the deal's {@link Deal#longestHold}
   * @return {@link OrderResult.Held}; a {@link Refusal}; or, for an id that is known, how it stands
   * @throws IllegalArgumentException if {@code payWithin} is out of range
   * @throws HotDealException as {@link #order}
   */
  public OrderResult hold(Order order, Duration payWithin) {
    return orders.place(held(order, payWithin));
  }

  /** The same without blocking, see {@link #orderAsync}. */
  public CompletableFuture<OrderResult> holdAsync(Order order, Duration payWithin) {
    return orders.placeAsync(held(order, payWithin));
  }

  private static Order held(Order order, Duration payWithin) {
    Duration checked = payWithin.truncatedTo(ChronoUnit.MILLIS);
    Deal.checkHold("payWithin of order " + order.id(), checked);
    return order.withPayWithin(checked);
  }

  /**
   * Sells a held order, because it is paid: call it when the payment provider reports the payment,
   * as often as it does. Waits for the result, at most for the {@link HotDealBuilder#orderTimeout}.
   *
   * <p>A payment after the deadline buys the order too, if its units can still be taken. A payment
   * that buys nothing is refunded, once: see {@link OrderResult.PaymentRefused}.
   *
   * @param paymentId identifies the payment at its provider, see {@link Ids}
   * @return {@link OrderResult.Placed}, {@link OrderResult.PaymentRefused}, {@link
   *     OrderResult.Returned} if it was given back since, {@link Refusal.UnknownOrder}, or {@link
   *     Refusal.Conflict} if the order was sold or is under way without a hold. After the last two
   *     nothing was refunded
   * @throws HotDealException if the payment is not yet decided, such as when the log is unavailable
   *     or a refund in doubt: do not acknowledge the provider's message, so that it comes again
   */
  public OrderResult confirm(String dealId, String orderId, String paymentId) {
    HoldPayment payment = payment(dealId, orderId, paymentId);
    return orders.await(payment, orders.confirm(payment));
  }

  /** The same without blocking, see {@link #orderAsync}. */
  public CompletableFuture<OrderResult> confirmAsync(
      String dealId, String orderId, String paymentId) {
    return orders.confirm(payment(dealId, orderId, paymentId));
  }

  private static HoldPayment payment(String dealId, String orderId, String paymentId) {
    return new HoldPayment(dealId, orderId, Ids.check("payment id", paymentId));
  }

  /**
   * Moves the deadline of a held order, if it has not passed. A deadline never becomes earlier, nor
   * later than the deal's {@link Deal#longestHold} after the hold began.
   *
   * @param until the new deadline, by the log's clock
   * @return {@link OrderResult.Held} with the deadline that holds now; otherwise how the order
   *     stands, {@link Refusal.UnknownOrder}, or {@link Refusal.Conflict} if it was never held. An
   *     order past its deadline that the resolver has not ended yet is Held, with that deadline
   * @throws HotDealException as {@link #order}
   */
  public OrderResult extend(String dealId, String orderId, Instant until) {
    HoldExtension extension = new HoldExtension(dealId, orderId, until);
    return orders.await(extension, orders.extend(extension));
  }

  /** The same without blocking, see {@link #orderAsync}. */
  public CompletableFuture<OrderResult> extendAsync(String dealId, String orderId, Instant until) {
    return orders.extend(new HoldExtension(dealId, orderId, until));
  }

  /**
   * Cancels a held order for good, and gives its units back. The gateway voids its payment first;
   * if the buyer has paid already, the order is sold instead.
   *
   * @param reason returned in {@link OrderResult.Declined}; not stored
   * @return {@link OrderResult.Declined}; {@link OrderResult.Placed} if it is paid; {@link
   *     OrderResult.PaymentRefused} if it is paid, had expired and is sold out; {@link
   *     Refusal.UnknownOrder}, or {@link Refusal.Conflict} if the order was never held
   * @throws HotDealException as {@link #order}; the hold may still stand, so repeat the call
   */
  public OrderResult cancel(String dealId, String orderId, String reason) {
    HoldPayment order = new HoldPayment(dealId, orderId, null);
    return orders.await(order, orders.cancel(order, reason));
  }

  /** The same without blocking, see {@link #orderAsync}. */
  public CompletableFuture<OrderResult> cancelAsync(String dealId, String orderId, String reason) {
    return orders.cancel(new HoldPayment(dealId, orderId, null), reason);
  }

  /**
   * Gives back a sold order: the buyer is refunded, once, and the units no longer count towards the
   * buyer's limit. Final: the id is {@link OrderResult.Returned} for ever. Waits for the result, at
   * most for the {@link HotDealBuilder#orderTimeout}.
   *
   * @param toStock whether the units are on sale again; otherwise they are written off. A repeated
   *     call does not change what the first one decided
   * @return {@link OrderResult.Returned}; how a held or cancelled order stands, which is not given
   *     back; {@link Refusal.UnknownOrder}
   * @throws NothingHappenedException if the order is not sold yet, or the log refuses the return by
   *     a constraint of its own
   * @throws OutcomeUnknownException if the refund is in doubt: the order is given back, and the
   *     resolver repeats the refund until it is certain, as does the same call
   * @throws HotDealException as {@link #order}
   */
  public OrderResult giveBack(String dealId, String orderId, boolean toStock) {
    OrderReturn sale = new OrderReturn(dealId, orderId, toStock, true);
    return orders.await(sale, orders.giveBack(sale));
  }

  /** The same without blocking, see {@link #orderAsync}. */
  public CompletableFuture<OrderResult> giveBackAsync(
      String dealId, String orderId, boolean toStock) {
    return orders.giveBack(new OrderReturn(dealId, orderId, toStock, true));
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
