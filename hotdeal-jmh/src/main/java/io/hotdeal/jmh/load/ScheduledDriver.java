package io.hotdeal.jmh.load;

import io.hotdeal.jmh.strategy.Strategy;
import org.jspecify.annotations.Nullable;

/** One thread that brings orders when they are due, and waits for none of them. */
record ScheduledDriver(Strategy strategy, Buyer buyer, Schedule schedule) implements Worker {

  @Override
  public void work(Window window, Sheet sheet) throws InterruptedException {
    ReadyQueue ready = new ReadyQueue(Thread.currentThread());
    int underWay = 0;
    for (long due = schedule.take(window);
        window.isOpen(due) && sheet.errors() < MOST_ERRORS;
        due = schedule.take(window)) {
      for (Slot slot = ready.take(due); slot != null; slot = ready.take(due)) {
        slot.writeTo(sheet);
        underWay--;
      }
      if (underWay < schedule.mostWaiting()) {
        new Slot(ready).start(strategy, buyer, due);
        underWay++;
      } else {
        sheet.dropped(due);
      }
    }
    waitForTheLast(underWay, ready, window, sheet);
  }

  private static void waitForTheLast(int underWay, ReadyQueue ready, Window window, Sheet sheet)
      throws InterruptedException {
    for (int left = underWay; left > 0; left--) {
      @Nullable Slot slot = ready.take(window.ends() + AsyncDriver.PATIENCE_NANOS);
      if (slot == null) {
        sheet.failed(new IllegalStateException(left + " orders were never answered"));
        return;
      }
      slot.writeTo(sheet);
    }
  }
}
