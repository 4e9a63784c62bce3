package io.hotdeal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The log as the protocol uses it: one batcher per verb, and an eye on whether it answers. */
final class Books {

  /** As many orders of one deal at the log make it worth the while to wait for more. */
  private static final int CROWD = Lane.CROWD / 4;

  private final OrderLog log;
  private final OrderState writtenAs;
  private final Outage outage;
  private final StoreCalls calls;
  private final Batcher<ReserveResult> reserves;
  private final Batcher<OrderState> confirms;
  private final Batcher<OrderState> cancels;

  /**
   * Makes the batchers of the log.
   *
   * @param writtenAs the state of a new order: PAID where no payment is due
   */
  Books(OrderLog log, OrderState writtenAs, Outage outage, StoreCalls calls, Batchers batchers) {
    this.log = log;
    this.writtenAs = writtenAs;
    this.outage = outage;
    this.calls = calls;
    this.reserves = batcher(batchers, "reserve", orders -> log.reserve(orders, writtenAs));
    this.confirms = batcher(batchers, "confirm", log::confirm);
    this.cancels = batcher(batchers, "cancel", log::cancel);
  }

  private <O> Batcher<O> batcher(
      Batchers batchers, String verb, Function<List<Order>, List<O>> call) {
    return batchers.of(
        verb,
        orders ->
            outage.watch(() -> outage.timed(orders.get(0).dealId(), () -> call.apply(orders))));
  }

  /** The state that a reservation leaves. */
  OrderState writtenAs() {
    return writtenAs;
  }

  /**
   * Why no order of a deal should start now, or null: nothing is claimed that cannot be reserved.
   */
  @Nullable NothingHappenedException refusal(String dealId) {
    return outage.refusal(dealId);
  }

  /** Whether a crowd is at the log for this deal, which keeps it busy for a moment. */
  boolean isCrowded(String dealId) {
    return reserves.aboard(dealId) >= CROWD;
  }

  CompletableFuture<ReserveResult> reserve(Order order) {
    NothingHappenedException stalled = outage.stallRefusal(order.dealId());
    if (stalled != null) {
      return CompletableFuture.failedFuture(stalled);
    }
    outage.asking();
    return reserves.submit(order);
  }

  /**
   * A call of a deal hangs: its orders that were not sent yet are let go, and may be sent later.
   */
  void evict(String dealId) {
    reserves.evictUnsent(dealId, "the order log does not answer");
  }

  CompletableFuture<OrderState> confirm(Order order) {
    return confirms.submit(order);
  }

  /**
   * Cancels the order.
   *
   * @return the state that stands: CANCELLED, or PAID where another attempt won; ABSENT where the
   *     log can hold no row of it; RESERVED only where the id is another order's. Fails where the
   *     log refuses to have its row CANCELLED
   */
  CompletableFuture<OrderState> cancel(Order order) {
    return cancels
        .submit(order)
        .thenCompose(
            state ->
                state == OrderState.RESERVED
                    ? stillReserved(order)
                    : CompletableFuture.completedFuture(state));
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
