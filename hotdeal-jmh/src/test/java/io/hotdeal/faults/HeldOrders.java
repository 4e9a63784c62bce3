package io.hotdeal.faults;

import io.hotdeal.Order;
import io.hotdeal.faults.Ack.Kind;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The orders of one deal that a fleet holds. Their buyers pay on the bank's page: in time, late,
 * twice, or not at all. Some pay by a transfer after the deadline, some extend the hold, some
 * cancel it, paid or not.
 */
final class HeldOrders implements Crowd.OrderTarget {

  private static final int TRIES = 3;
  private static final long PAUSE_MILLIS = 100;
  private static final long LIMIT_SECONDS = 120;

  private final Fleet fleet;
  private final Sale sale;
  private final int longestMillis;
  private final Webhooks webhooks;
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final Queue<CompletableFuture<?>> buyers = new ConcurrentLinkedQueue<>();

  /**
   * Orders that are yet to come.
   *
   * @param longestMillis the longest time to pay; the shortest is a third of it
   */
  HeldOrders(Fleet fleet, Sale sale, int longestMillis) {
    this.fleet = fleet;
    this.sale = sale;
    this.longestMillis = longestMillis;
    this.webhooks = new Webhooks(fleet, sale);
  }

  @Override
  public CompletableFuture<Kind> order(Order order) {
    int holder = fleet.sellerFor(order);
    long payWithin = someMillis(longestMillis / 3, longestMillis);
    return fleet
        .seller(holder)
        .ask(FleetRequest.hold(order, payWithin), late -> told(order, late))
        .whenComplete(
            (kind, never) -> {
              if (kind == Kind.HELD && held.add(order.id())) {
                buyers.add(pay(order, holder, payWithin));
              }
            });
  }

  @Override
  public void await() {
    try {
      CompletableFuture.allOf(buyers.toArray(CompletableFuture<?>[]::new))
          .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("a payment of " + sale.deal().id() + " gets no answer", e);
    }
  }

  /** What the buyer does, of which all times depend on the time to pay. */
  private CompletableFuture<?> pay(Order order, int holder, long time) {
    int percent = ThreadLocalRandom.current().nextInt(100);
    Payment page = new Payment(Payment.Way.PAGE, order.dealId(), order.id());
    Payment transfer = new Payment(Payment.Way.TRANSFER, order.dealId(), order.id());
    if (percent < 45) { // in time
      return pay(page, holder, 0, time * 8 / 10);
    } else if (percent < 55) { // late
      return pay(page, holder, time * 9 / 10, time * 3 / 2);
    } else if (percent < 63) { // late, in a way that cannot be prevented
      return pay(transfer, holder, time, time * 2);
    } else if (percent < 71) { // twice
      return CompletableFuture.allOf(
          pay(page, holder, 0, time * 8 / 10), pay(transfer, holder, 0, time * 3 / 2));
    } else if (percent < 79) {
      return step(FleetRequest.extend(order, time * 2), order, holder, time * 8 / 10)
          .thenCompose(x -> pay(page, holder, time / 2, time));
    } else if (percent < 84) {
      return step(FleetRequest.cancel(order), order, holder, time);
    } else if (percent < 89) { // cancels, about when the payment is made
      return CompletableFuture.allOf(
          pay(page, holder, 0, time), step(FleetRequest.cancel(order), order, holder, time));
    }
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<?> pay(Payment payment, int holder, long fromMillis, long toMillis) {
    return Wait.later(someMillis(fromMillis, toMillis))
        .thenCompose(
            x ->
                sale.bank().pay(payment)
                    ? webhooks.report(payment, holder)
                    : CompletableFuture.completedFuture(null));
  }

  /** Extends or cancels, at a process other than the holder, with a few retries. */
  private CompletableFuture<?> step(String request, Order order, int holder, long latestMillis) {
    return Wait.later(Stage.someMillis(latestMillis))
        .thenCompose(x -> tried(request, order, holder, 1));
  }

  private CompletableFuture<Kind> tried(String request, Order order, int holder, int attempt) {
    return fleet
        .otherThan(holder)
        .ask(request, late -> told(order, late))
        .thenCompose(
            kind -> {
              told(order, kind);
              return kind.isAnswer() || attempt == TRIES
                  ? CompletableFuture.completedFuture(kind)
                  : Wait.later(PAUSE_MILLIS)
                      .thenCompose(x -> tried(request, order, holder, attempt + 1));
            });
  }

  private void told(Order order, Kind kind) {
    sale.acks().accept(new Ack(kind, order.id(), null));
  }

  private static long someMillis(long from, long to) {
    return from + Stage.someMillis(to - from);
  }
}
