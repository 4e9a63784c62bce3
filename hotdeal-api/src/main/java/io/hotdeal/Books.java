package io.hotdeal;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The log as the protocol uses it: one batcher per verb, and an eye on whether it answers. */
final class Books {

  /** As many orders of one deal at the log make it worth the while to wait for more. */
  private static final int CROWD = Lane.CROWD / 4;

  private final OrderState writtenAs;
  private final Outage outage;
  private final Batcher<ReserveResult> reserves;
  private final Batcher<OrderState> confirms;
  private final Batcher<OrderState> cancels;

  /**
   * Makes the batchers of the log.
   *
   * @param writtenAs the state of a new order: PAID where no payment is due
   */
  Books(OrderLog log, OrderState writtenAs, Outage outage, Batchers batchers) {
    this.writtenAs = writtenAs;
    this.outage = outage;
    this.reserves =
        batchers.of("reserve", orders -> outage.watch(() -> log.reserve(orders, writtenAs)));
    this.confirms = batchers.of("confirm", orders -> outage.watch(() -> log.confirm(orders)));
    this.cancels = batchers.of("cancel", orders -> outage.watch(() -> log.cancel(orders)));
  }

  /** The state that a reservation leaves. */
  OrderState writtenAs() {
    return writtenAs;
  }

  /** Why no order should start now, or null: nothing is claimed that cannot be reserved. */
  @Nullable NothingHappenedException refusal() {
    return outage.refusal();
  }

  /** Whether a crowd is at the log for this deal, which keeps it busy for a moment. */
  boolean isCrowded(String dealId) {
    return reserves.aboard(dealId) >= CROWD;
  }

  CompletableFuture<ReserveResult> reserve(Order order) {
    outage.asking();
    return reserves.submit(order);
  }

  CompletableFuture<OrderState> confirm(Order order) {
    return confirms.submit(order);
  }

  CompletableFuture<OrderState> cancel(Order order) {
    return cancels.submit(order);
  }
}
