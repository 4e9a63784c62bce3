package io.hotdeal.jmh.load;

import io.hotdeal.Order;
import io.hotdeal.jmh.strategy.Strategy;
import io.hotdeal.jmh.strategy.Strategy.Answer;

/** A closed loop: waits for each answer before it sends the next order; sends at least one. */
record BlockingCaller(Strategy strategy, OrderSource source) implements Caller {

  @Override
  public void run(Window window, CallerStats stats) {
    long now = System.nanoTime();
    do {
      now = sellOne(strategy, source, now, stats);
    } while (window.isOpen(now) && stats.errors() < MOST_ERRORS);
  }

  /** Sends one order; returns the time of its answer. */
  static long sellOne(Strategy strategy, OrderSource source, long startedAt, CallerStats stats) {
    int deal = source.randomDeal();
    Order order = source.order(deal);
    try {
      Answer answer = strategy.sell(order);
      long now = System.nanoTime();
      stats.answered(answer, deal, startedAt, now);
      return now;
    } catch (RuntimeException e) {
      stats.failed(e);
      return System.nanoTime();
    }
  }
}
