package io.hotdeal.jmh.load;

import io.hotdeal.Order;
import io.hotdeal.jmh.strategy.Strategy;
import io.hotdeal.jmh.strategy.Strategy.Answer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A buyer who comes when everything is sold, again and again. Answers may take less than a look at
 * the clock, so orders are made beforehand, and come again, and one in a hundred is timed.
 */
record LateCaller(Strategy strategy, Buyer buyer, boolean async) implements Worker {

  private static final int ORDERS = 100;

  @Override
  public void work(Window window, Sheet sheet) {
    List<Order> orders =
        IntStream.range(0, ORDERS).mapToObj(i -> buyer.order(buyer.someDeal())).toList();
    long now = System.nanoTime();
    do {
      now = bringAll(orders, now, sheet);
    } while (window.isOpen(now) && sheet.errors() < MOST_ERRORS);
  }

  private long bringAll(List<Order> orders, long startedAt, Sheet sheet) {
    int refused = 0;
    try {
      ask(orders.get(0));
      refused++;
      sheet.sampled(System.nanoTime() - startedAt);
      for (int i = 1; i < ORDERS; i++) {
        ask(orders.get(i));
        refused++;
      }
    } catch (RuntimeException e) {
      sheet.failed(e);
    }
    long now = System.nanoTime();
    sheet.soldOut(refused, now);
    return now;
  }

  private void ask(Order order) {
    Answer answer =
        async ? strategy.sellAsync(order).toCompletableFuture().join() : strategy.sell(order);
    if (answer != Answer.SOLD_OUT) {
      throw new IllegalStateException(order + " was sold, after everything was");
    }
  }
}
