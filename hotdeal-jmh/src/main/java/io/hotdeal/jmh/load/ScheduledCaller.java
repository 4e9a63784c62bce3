package io.hotdeal.jmh.load;

import io.hotdeal.jmh.strategy.Strategy;

/**
 * One of the threads that take the orders that are due, each with the next one. Latency counts from
 * when the order was due, so that time spent waiting for a thread is not forgotten.
 */
record ScheduledCaller(Strategy strategy, Buyer buyer, Schedule schedule) implements Worker {

  @Override
  public void work(Window window, Sheet sheet) throws InterruptedException {
    for (long due = schedule.take(window);
        window.isOpen(due) && sheet.errors() < MOST_ERRORS;
        due = schedule.take(window)) {
      Schedule.waitUntil(due);
      if (schedule.isHopeless(due, System.nanoTime())) {
        sheet.dropped(due);
      } else {
        BlockingCaller.sellOne(strategy, buyer, due, sheet);
      }
    }
  }
}
