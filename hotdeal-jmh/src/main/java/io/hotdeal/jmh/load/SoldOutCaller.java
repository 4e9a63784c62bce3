package io.hotdeal.jmh.load;

import io.hotdeal.Order;
import io.hotdeal.jmh.strategy.Strategy;
import io.hotdeal.jmh.strategy.Strategy.Answer;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sends orders for deals that are sold out. An answer may take less time than reading the clock, so
 * the orders are created beforehand and sent again, and one in a hundred is timed.
 */
record SoldOutCaller(Strategy strategy, OrderSource source, boolean async) implements Caller {

  private static final int ORDERS = 100;

  @Override
  public void run(Window window, CallerStats stats) {
    List<Order> orders =
        Stream.generate(() -> source.order(source.randomDeal())).limit(ORDERS).toList();
    long now = System.nanoTime();
    do {
      now = sendAll(orders, now, stats);
    } while (window.isOpen(now) && stats.errors() < MOST_ERRORS);
  }

  private long sendAll(List<Order> orders, long startedAt, CallerStats stats) {
    int refused = 0;
    try {
      send(orders.get(0));
      refused++;
      stats.sampled(System.nanoTime() - startedAt);
      for (int i = 1; i < ORDERS; i++) {
        send(orders.get(i));
        refused++;
      }
    } catch (RuntimeException e) {
      stats.failed(e);
    }
    long now = System.nanoTime();
    stats.soldOut(refused, now);
    return now;
  }

  private void send(Order order) {
    Answer answer =
        async ? strategy.sellAsync(order).toCompletableFuture().join() : strategy.sell(order);
    if (answer != Answer.SOLD_OUT) {
      throw new IllegalStateException(order + " was sold, after everything was");
    }
  }
}
