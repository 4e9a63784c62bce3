package io.hotdeal.jmh.load;

import io.hotdeal.Order;
import io.hotdeal.jmh.strategy.Strategy;
import io.hotdeal.jmh.strategy.Strategy.Answer;

/** A buyer who waits for each answer, and then orders again at once; orders once at least. */
record BlockingCaller(Strategy strategy, Buyer buyer) implements Worker {

  @Override
  public void work(Window window, Sheet sheet) {
    long now = System.nanoTime();
    do {
      now = sellOne(strategy, buyer, now, sheet);
    } while (window.isOpen(now) && sheet.errors() < MOST_ERRORS);
  }

  /** Sells one order, and answers when that was done. */
  static long sellOne(Strategy strategy, Buyer buyer, long startedAt, Sheet sheet) {
    int deal = buyer.someDeal();
    Order order = buyer.order(deal);
    try {
      Answer answer = strategy.sell(order);
      long now = System.nanoTime();
      sheet.answered(answer, deal, startedAt, now);
      return now;
    } catch (RuntimeException e) {
      sheet.failed(e);
      return System.nanoTime();
    }
  }
}
