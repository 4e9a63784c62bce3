package io.hotdeal.jmh.load;

/**
 * Keeps a number of asynchronous orders in flight, from one thread that waits for none of them.
 *
 * @param instances over which the orders in flight are spread evenly
 * @param slots orders in flight
 */
record AsyncCaller(Instances instances, OrderSource source, int slots) implements Caller {

  /** How long after the window the last answers may come. */
  static final long ANSWER_TIMEOUT_NANOS = 60_000_000_000L;

  @Override
  public void run(Window window, CallerStats stats) throws InterruptedException {
    ReadyQueue ready = new ReadyQueue(Thread.currentThread());
    for (int i = 0; i < slots; i++) {
      new OrderSlot(ready, instances.ofCaller(i)).start(source, System.nanoTime());
    }
    int inFlight = slots;
    while (inFlight > 0) {
      OrderSlot slot = ready.take(window.ends() + ANSWER_TIMEOUT_NANOS);
      if (slot == null) {
        stats.failed(new IllegalStateException(inFlight + " orders were never answered"));
        return;
      }
      slot.writeTo(stats);
      long now = System.nanoTime();
      if (window.isOpen(now) && stats.errors() < MOST_ERRORS) {
        slot.start(source, now);
      } else {
        inFlight--;
      }
    }
  }
}
