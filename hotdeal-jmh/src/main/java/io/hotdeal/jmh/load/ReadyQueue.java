package io.hotdeal.jmh.load;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Answered orders on their way to the one thread that takes them. */
final class ReadyQueue {

  private final Queue<Slot> queue = new ConcurrentLinkedQueue<>();
  private final Thread taker;
  private volatile boolean waiting;

  ReadyQueue(Thread taker) {
    this.taker = taker;
  }

  /** By any thread; never blocks. */
  void put(Slot slot) {
    queue.add(slot);
    if (waiting) {
      LockSupport.unpark(taker);
    }
  }

  /** By the taker: the next one, or null if none came until then. */
  @Nullable Slot take(long until) throws InterruptedException {
    for (Slot slot = queue.poll(); ; slot = queue.poll()) {
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
