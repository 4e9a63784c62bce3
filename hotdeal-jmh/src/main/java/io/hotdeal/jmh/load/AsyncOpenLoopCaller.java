package io.hotdeal.jmh.load;

import org.jspecify.annotations.Nullable;

/**
 * Sends asynchronous orders when they are due, to one instance after the other, from one thread
 * that waits for none of them.
 */
record AsyncOpenLoopCaller(Instances instances, OrderSource source, Schedule schedule)
    implements Caller {

  @Override
  public void run(Window window, CallerStats stats) throws InterruptedException {
    ReadyQueue ready = new ReadyQueue(Thread.currentThread());
    int inFlight = 0;
    int sent = 0;
    for (long due = schedule.take(window);
        window.isOpen(due) && stats.errors() < MOST_ERRORS;
        due = schedule.take(window)) {
      for (OrderSlot slot = ready.take(due); slot != null; slot = ready.take(due)) {
        slot.writeTo(stats);
        inFlight--;
      }
      if (inFlight < schedule.mostWaiting()) {
        new OrderSlot(ready, instances.ofCaller(sent)).start(source, due);
        sent++;
        inFlight++;
      } else {
        stats.dropped(due);
      }
    }
    awaitLast(inFlight, ready, window, stats);
  }

  private static void awaitLast(int inFlight, ReadyQueue ready, Window window, CallerStats stats)
      throws InterruptedException {
    for (int left = inFlight; left > 0; left--) {
      @Nullable OrderSlot slot = ready.take(window.ends() + AsyncCaller.ANSWER_TIMEOUT_NANOS);
      if (slot == null) {
        stats.failed(new IllegalStateException(left + " orders were never answered"));
        return;
      }
      slot.writeTo(stats);
    }
  }
}
