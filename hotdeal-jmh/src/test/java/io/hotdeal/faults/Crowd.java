package io.hotdeal.faults;

import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.faults.Ack.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Concurrent buyers at a HotDeal: each sends a new order as soon as the last one has its result.
 * Some send an order twice concurrently, some send it again later, and all retry what failed, under
 * the same id.
 */
final class Crowd {

  /** Where the buyers order. */
  interface OrderTarget {

    /** The answer to the buyer; never fails. */
    CompletableFuture<Kind> order(Order order);

    /** Waits for what its buyers still do after their last order. */
    default void await() {}

    static OrderTarget of(HotDeal hotDeal) {
      return order -> hotDeal.orderAsync(order).handle(Ack::kindOf);
    }
  }

  private static final double TWICE_AT_ONCE = 0.08;
  private static final double COMES_AGAIN = 0.08;
  private static final int TRIES = 6;

  private final OrderTarget hotDeal;
  private final Orders orders;
  private final String name;
  private final int most;
  private final Consumer<Ack> told;
  private final AtomicInteger next = new AtomicInteger();
  private final Executor pause = CompletableFuture.delayedExecutor(25, TimeUnit.MILLISECONDS);
  private volatile boolean stopped;
  private CompletableFuture<?> done = CompletableFuture.completedFuture(null);

  /**
   * Buyers that are not started yet.
   *
   * @param name the prefix of their order ids
   * @param most the most orders that they send
   */
  Crowd(OrderTarget hotDeal, Orders orders, String name, int most, Consumer<Ack> told) {
    this.hotDeal = hotDeal;
    this.orders = orders;
    this.name = name;
    this.most = most;
    this.told = told;
  }

  Crowd start(int atOnce) {
    CompletableFuture<?>[] buyers = new CompletableFuture<?>[atOnce];
    for (int i = 0; i < atOnce; i++) {
      buyers[i] = CompletableFuture.completedFuture(0).thenComposeAsync(x -> buy());
    }
    done = CompletableFuture.allOf(buyers);
    return this;
  }

  /** Stops new orders; those that were sent are retried to their end. */
  Crowd stop() {
    stopped = true;
    return this;
  }

  /** Waits until all orders have ended. */
  void await() {
    try {
      done.get(180, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the crowd does not end", e);
    }
  }

  private CompletableFuture<Integer> buy() {
    int number = next.incrementAndGet();
    if (stopped || number > most) {
      return CompletableFuture.completedFuture(number);
    }
    Order order = orders.order(name + "-" + number);
    return buy(order)
        .thenComposeAsync(
            result -> result == Kind.REFUSED ? later().thenCompose(x -> buy()) : buy());
  }

  /** A buyer who was refused pauses before the next order. */
  private CompletableFuture<Integer> later() {
    return CompletableFuture.supplyAsync(() -> 0, pause);
  }

  private CompletableFuture<Kind> buy(Order order) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (random.nextDouble() < TWICE_AT_ONCE) {
      told.accept(new Ack(Kind.AGAIN, order.id(), null));
      CompletableFuture<Kind> other = orderWithRetries(order, 1, null);
      return orderWithRetries(order, 1, null).thenCombine(other, (one, two) -> one);
    }
    CompletableFuture<Kind> result = orderWithRetries(order.asFirstAttempt(), 1, null);
    return random.nextDouble() < COMES_AGAIN ? result.thenCompose(k -> again(order, k)) : result;
  }

  private CompletableFuture<Kind> again(Order order, Kind first) {
    told.accept(new Ack(Kind.AGAIN, order.id(), null));
    return orderWithRetries(order, 1, first.isVerdict() ? first : null);
  }

  private CompletableFuture<Kind> orderWithRetries(Order order, int attempt, Kind before) {
    return hotDeal
        .order(order)
        .thenCompose(
            kind -> {
              told.accept(new Ack(kind, order.id(), before));
              return kind.isAnswer() || attempt == TRIES
                  ? CompletableFuture.completedFuture(kind)
                  : afterPause(order, attempt + 1, before);
            });
  }

  private CompletableFuture<Kind> afterPause(Order order, int attempt, Kind before) {
    return CompletableFuture.supplyAsync(
            () -> {
              told.accept(new Ack(Kind.AGAIN, order.id(), null));
              return order.asPossibleRetry();
            },
            pause)
        .thenCompose(retry -> orderWithRetries(retry, attempt, before));
  }
}
