package io.hotdeal.jmh.load;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A queue of answered orders from any thread to one consumer thread. */
final class ReadyQueue {

  private final Queue<OrderSlot> queue = new ConcurrentLinkedQueue<>();
  private final Thread consumer;
  private volatile boolean waiting;

  ReadyQueue(Thread consumer) {
    this.consumer = consumer;
  }

  /** Called by any thread; never blocks. */
  void put(OrderSlot slot) {
    queue.add(slot);
    if (waiting) {
      LockSupport.unpark(consumer);
    }
  }

  /** Called by the consumer: the next one, or null if none came until then. */
  @Nullable OrderSlot take(long until) throws InterruptedException {
    for (OrderSlot slot = queue.poll(); ; slot = queue.poll()) {
      long left = until - System.nanoTime();
      if (slot != null || left <= 0) {
        return slot;
      }
      waitFor(left);
    }
  }

  private void waitFor(long nanos) throws InterruptedException {
    waiting = true;
    if (queue.isEmpty()) {
      LockSupport.parkNanos(this, nanos);
    }
    waiting = false;
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
