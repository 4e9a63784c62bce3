package io.hotdeal.internal.client;

import io.hotdeal.HotDealListener.OrderDecided;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderKey;
import io.hotdeal.ReserveResult;
import io.hotdeal.internal.batch.BatchPolicy;
import io.hotdeal.internal.batch.Batcher;
import io.hotdeal.internal.batch.BatcherFactory;
import io.hotdeal.internal.batch.Lanes;
import io.hotdeal.internal.event.EventPublisher;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.internal.resilience.CircuitBreaker;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The order log as the order flow uses it: one batcher per verb, behind a circuit breaker. */
public final class LogClient {

  private final OrderLog log;
  private final OrderState writtenAs;
  private final CircuitBreaker breaker;
  private final AsyncStoreCalls calls;
  private final BatchPolicy policy;
  private final Batcher<Order, ReserveResult> reserves;
  private final Batcher<Order, OrderState> confirms;
  private final Batcher<Order, OrderState> cancels;
  private final Batcher<HoldPayment, Optional<OrderSnapshot>> heldConfirms;
  private final Batcher<HoldExtension, Optional<OrderSnapshot>> extensions;
  private final Batcher<Order, OrderState> heldCancels;
  private final Batcher<Order, OrderState> expiries;
  private final Batcher<OrderReturn, Optional<OrderSnapshot>> returns;
  private final Batcher<Order, OrderState> finishedReturns;
  private final EventPublisher events;

  /**
   * Creates the client.
   *
   * @param writtenAs the state of a new order: RESERVED, or PAID if no payment is due
   */
  public LogClient(
      OrderLog log,
      OrderState writtenAs,
      CircuitBreaker breaker,
      AsyncStoreCalls calls,
      BatcherFactory batchers) {
    this.policy = batchers.policy();
    this.log = log;
    this.writtenAs = writtenAs;
    this.breaker = breaker;
    this.calls = calls;
    this.reserves = batcher(batchers, "reserve", orders -> log.reserve(orders, writtenAs));
    this.confirms = batcher(batchers, "confirm", log::confirm);
    BatcherFactory byDeal = batchers.withLanes(Lanes.ONE_PER_DEAL);
    this.cancels = batcher(byDeal, "cancel", log::cancel);
    this.heldConfirms = batcher(byDeal, "confirmHeld", log::confirmHeld);
    this.extensions = batcher(byDeal, "extend", log::extend);
    this.heldCancels =
        batcher(byDeal, "cancelHeld", orders -> log.endHolds(orders, OrderState.CANCELLED));
    this.expiries = batcher(byDeal, "expire", orders -> log.endHolds(orders, OrderState.EXPIRED));
    this.returns = batcher(byDeal, "giveBack", log::giveBack);
    this.finishedReturns = batcher(byDeal, "finishReturns", log::finishReturns);
    this.events = batchers.events();
  }

  private <I extends OrderKey, O> Batcher<I, O> batcher(
      BatcherFactory batchers, String verb, Function<List<I>, List<O>> call) {
    return batchers.create(
        verb,
        orders ->
            breaker.execute(
                () -> breaker.slowCalls().time(Batcher.dealOf(orders), () -> call.apply(orders))));
  }

  /** The state in which a reservation writes a new order. */
  public OrderState writtenAs() {
    return writtenAs;
  }

  /**
   * The reason to start no order of a deal now, or null. Checked before the claim, so that nothing
   * is claimed that cannot be reserved.
   */
  public @Nullable NothingHappenedException refusal(String dealId) {
    return breaker.refusal(dealId);
  }

  /** Whether enough orders of a deal are at the log to delay its next claims. */
  public boolean makesClaimsLinger(String dealId) {
    return policy.claimsLinger(reserves.pending(dealId));
  }

  public CompletableFuture<ReserveResult> reserve(Order order) {
    NothingHappenedException slow = breaker.slowCallRefusal(order.dealId());
    if (slow != null) {
      return CompletableFuture.failedFuture(slow);
    }
    breaker.startProbe();
    CompletableFuture<ReserveResult> result = reserves.submit(order);
    return events.isObserved() && writtenAs == OrderState.PAID
        ? result.thenApply(it -> publishedIfSold(order, it))
        : result;
  }

  private ReserveResult publishedIfSold(Order order, ReserveResult result) {
    if (result instanceof ReserveResult.Reserved) {
      publish(new OrderDecided(order, OrderState.PAID, null));
    }
    return result;
  }

  /** Lets no order wait for a call of several deals that does not end. */
  public void overtakeSharedCalls() {
    reserves.overtakeShared();
    confirms.overtakeShared();
  }

  /** Fails the orders of a deal that wait behind a slow call; they had no effect. */
  public void evictUnsent(String dealId) {
    reserves.evictUnsent(dealId, "the order log does not answer");
  }

  public CompletableFuture<OrderState> confirm(Order order) {
    return published(order, confirms.submit(order), OrderState.PAID);
  }

  /**
   * Cancels the order.
   *
   * @return the resulting state: CANCELLED, or PAID if another attempt was confirmed; ABSENT if the
   *     log can hold no row of the order; RESERVED only if the row is another order's. Fails if the
   *     log refuses CANCELLED for the order's row
   */
  public CompletableFuture<OrderState> cancel(Order order) {
    return published(order, cancels.submit(order), OrderState.CANCELLED)
        .thenCompose(
            state ->
                state == OrderState.RESERVED
                    ? stillReserved(order)
                    : CompletableFuture.completedFuture(state));
  }

  /** Sells a held order; empty if there is no row. */
  public CompletableFuture<Optional<OrderSnapshot>> confirmHeld(HoldPayment payment) {
    return published(heldConfirms.submit(payment));
  }

  /** Moves the deadline of a held order; empty if there is no row. */
  public CompletableFuture<Optional<OrderSnapshot>> extend(HoldExtension extension) {
    return extensions.submit(extension);
  }

  /** Reads an order's row, by an extension into the past, which changes nothing. */
  public CompletableFuture<Optional<OrderSnapshot>> lookUp(String dealId, String orderId) {
    return extend(new HoldExtension(dealId, orderId, Instant.EPOCH));
  }

  /** Cancels a held or expired order; returns the resulting state. */
  public CompletableFuture<OrderState> cancelHeld(Order order) {
    return published(order, heldCancels.submit(order), OrderState.CANCELLED);
  }

  /** Ends a hold whose deadline has passed; returns the resulting state. */
  public CompletableFuture<OrderState> expire(Order order) {
    return published(order, expiries.submit(order), OrderState.EXPIRED);
  }

  /** Gives back a sold order; empty if there is no row. */
  public CompletableFuture<Optional<OrderSnapshot>> giveBack(OrderReturn sale) {
    return published(returns.submit(sale));
  }

  /** Completes the return of a refunded order; returns the resulting state. */
  public CompletableFuture<OrderState> finishReturn(Order order) {
    return finishedReturns.submit(order);
  }

  /** Publishes the state of a row if this call has changed it. */
  private CompletableFuture<Optional<OrderSnapshot>> published(
      CompletableFuture<Optional<OrderSnapshot>> found) {
    return events.isObserved()
        ? found.thenApply(
            it -> {
              it.filter(snapshot -> snapshot.before() != snapshot.row().state())
                  .ifPresent(snapshot -> publish(OrderDecided.of(snapshot.row())));
              return it;
            })
        : found;
  }

  /** Publishes this state if it is the result, whether this call brought it about or found it. */
  private CompletableFuture<OrderState> published(
      Order order, CompletableFuture<OrderState> result, OrderState state) {
    return events.isObserved()
        ? result.thenApply(
            it -> {
              if (it == state) {
                publish(new OrderDecided(order, state, null));
              }
              return it;
            })
        : result;
  }

  private void publish(OrderDecided event) {
    events.publish(listener -> listener.orderDecided(event));
  }

  private CompletableFuture<OrderState> stillReserved(Order order) {
    return calls
        .call(() -> log.find(order.dealId(), order.id()))
        .thenCompose(
            row ->
                isReserved(row, order)
                    ? CompletableFuture.failedFuture(
                        new NothingHappenedException(
                            "the order log refuses to cancel order "
                                + order.id()
                                + " of deal "
                                + order.dealId()))
                    : CompletableFuture.completedFuture(OrderState.RESERVED));
  }

  private static boolean isReserved(Optional<OrderRecord> row, Order order) {
    return row.filter(it -> it.state() == OrderState.RESERVED && it.order().sameContentAs(order))
        .isPresent();
  }
}
