package io.hotdeal.jmh.load;

import io.hotdeal.jmh.strategy.Strategy;

/** One thread that keeps so many orders under way, and waits for none of them. */
record AsyncDriver(Strategy strategy, Buyer buyer, int slots) implements Worker {

  /** How long the last answers are waited for. */
  static final long PATIENCE_NANOS = 60_000_000_000L;

  @Override
  public void work(Window window, Sheet sheet) throws InterruptedException {
    ReadyQueue ready = new ReadyQueue(Thread.currentThread());
    for (int i = 0; i < slots; i++) {
      new Slot(ready).start(strategy, buyer, System.nanoTime());
    }
    int underWay = slots;
    while (underWay > 0) {
      Slot slot = ready.take(window.ends() + PATIENCE_NANOS);
      if (slot == null) {
        sheet.failed(new IllegalStateException(underWay + " orders were never answered"));
        return;
      }
      slot.writeTo(sheet);
      long now = System.nanoTime();
      if (window.isOpen(now) && sheet.errors() < MOST_ERRORS) {
        slot.start(strategy, buyer, now);
      } else {
        underWay--;
      }
    }
  }
}
