package io.hotdeal.jmh.load;

import io.hotdeal.jmh.strategy.Strategy;

/**
 * One of the threads of an open loop; each takes the next order that is due. Latency counts from
 * when the order was due, so that the wait for a free thread is included (coordinated omission).
 */
record OpenLoopCaller(Strategy strategy, OrderSource source, Schedule schedule) implements Caller {

  @Override
  public void run(Window window, CallerStats stats) throws InterruptedException {
    for (long due = schedule.take(window);
        window.isOpen(due) && stats.errors() < MOST_ERRORS;
        due = schedule.take(window)) {
      Schedule.waitUntil(due);
      if (schedule.isTooLate(due, System.nanoTime())) {
        stats.dropped(due);
      } else {
        BlockingCaller.sellOne(strategy, source, due, stats);
      }
    }
  }
}
