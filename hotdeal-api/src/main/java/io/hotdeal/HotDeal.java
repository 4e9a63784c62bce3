package io.hotdeal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The desk: where an order comes in and its result comes out.
 *
 * <pre>{@code
 * HotDeal desk = HotDeal.builder().counter(redis).log(oracle).payments(gateway).build();
 * desk.open(Deal.of("prod-001", 1000));
 * OrderResult result = desk.order(Order.of("order-id", "prod-001", "buyer-42", 1));
 * }</pre>
 *
 * <p>A result is durable when it is handed out: Placed has a PAID row in the log. Any number of
 * desks, in any number of processes, may sell the same deal over the same stores. Thread-safe.
 *
 * <p>{@link #orderAsync} and {@link #newOrder} never block, the others do. Refusals are values;
 * breakage is a {@link HotDealException}, which says whether this attempt may have had an effect.
 */
public final class HotDeal implements AutoCloseable {

  private final OrderLog log;
  private final Gate gate;
  private final Protocol protocol;
  private final Resolver resolver;
  private final Set<String> opened;
  private final InFlight orders;
  private final Supplier<String> ids;
  private final Duration patience;
  private final Duration drain;
  private final LongConsumer endHousekeeping;

  HotDeal(
      OrderLog log,
      Gate gate,
      Protocol protocol,
      Resolver resolver,
      Set<String> opened,
      InFlight orders,
      HotDealBuilder settings,
      LongConsumer endHousekeeping) {
    this.log = log;
    this.gate = gate;
    this.protocol = protocol;
    this.resolver = resolver;
    this.opened = opened;
    this.orders = orders;
    this.ids = settings.ids;
    this.patience = settings.patience;
    this.drain = settings.drain;
    this.endHousekeeping = endHousekeeping;
  }

  /** A builder with the defaults. */
  public static HotDealBuilder builder() {
    return new HotDealBuilder();
  }

  /**
   * Opens a deal in the log, then in the counter, seeded with what the log has left. The same deal
   * again changes nothing, so every process may open it at its start.
   *
   * @throws DealConflictException if the id is taken by a deal with other terms; where that is in
   *     the counter, the log has opened it
   * @throws HotDealException if the log cannot answer; a counter that cannot is seeded later
   */
  public void open(Deal deal) {
    log.open(deal);
    Tally tally = log.tally(deal.id()).orElseThrow(() -> new UnknownDealException(deal.id()));
    gate.open(tally);
    opened.add(deal.id());
  }

  /**
   * Ends a deal's sale; orders under way are finished, retries still learn what became of them.
   *
   * @throws UnknownDealException if the deal was never opened
   */
  public void closeDeal(String dealId) {
    log.close(dealId);
    gate.close(dealId);
  }

  /**
   * Adds units to a deal, or takes away units that are still left when negative. Once per {@code
   * operationId}: the same operation again changes nothing. Durable when it returns; the counter
   * follows as soon as the deal keeps still for a moment, at the latest when it has nothing left.
   *
   * @param units not 0
   * @throws UnknownDealException if the deal was never opened
   * @throws NothingHappenedException if fewer than {@code -units} are left, if the quantity would
   *     pass {@link Units#MAX}, or if the operation id was used with other units
   */
  public void restock(String dealId, long units, String operationId) {
    log.restock(dealId, units, operationId);
    gate.mend(dealId);
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
    long deleted = log.purge(dealId);
    gate.purge(dealId);
    opened.remove(dealId);
    protocol.forget(dealId);
    return deleted;
  }

  /** Finishes what crashed processes left; ends with this desk. */
  public Resolver resolver() {
    return resolver;
  }

  /**
   * An order under a fresh id. Keep it for retries, and mark it, {@link Order#asFirstAttempt()},
   * only where it is sent for the first time.
   */
  public Order newOrder(String dealId, String buyerId, long quantity) {
    return Order.of(ids.get(), dealId, buyerId, quantity);
  }

  /**
   * Places an order and waits for its result.
   *
   * @throws NothingHappenedException if this attempt had no effect, for certain
   * @throws OutcomeUnknownException if it may have: send the same order again to learn, no longer
   *     marked as a first attempt
   */
  public OrderResult order(Order order) {
    OrderResult known = fromMemory(order);
    return known != null ? known : await(order, start(order));
  }

  private OrderResult await(Order order, CompletableFuture<OrderResult> result) {
    try {
      return result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw Failures.of(e);
    } catch (TimeoutException e) {
      throw new OutcomeUnknownException(
          "no result of order " + order.id() + " within " + patience, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutcomeUnknownException("interrupted while waiting for order " + order.id(), e);
    }
  }

  /**
   * Places an order without waiting; no thread is held while it is under way.
   *
   * @return completes with the result, or fails with what {@link #order} throws. What follows it
   *     runs on the desk's threads unless it is given an executor, and must not block them
   */
  public CompletableFuture<OrderResult> orderAsync(Order order) {
    OrderResult known = fromMemory(order);
    return known != null ? CompletableFuture.completedFuture(known) : start(order);
  }

  private CompletableFuture<OrderResult> start(Order order) {
    return orders.start(() -> protocol.run(order));
  }

  /** Most of a crowd is refused here: no future, no entry, nothing to collect. */
  private @Nullable OrderResult fromMemory(Order order) {
    return orders.isClosed() ? null : protocol.fromMemory(order);
  }

  /** Takes no more orders, drains those under way, fails the rest as unknown, ends its threads. */
  @Override
  public void close() {
    resolver.stop();
    long end = System.nanoTime() + drain.toNanos();
    orders.close(
        end, () -> new OutcomeUnknownException("the desk closed before the order had its result"));
    endHousekeeping.accept(end);
  }
}
