package io.hotdeal;

import io.hotdeal.Batcher.Waiting;
import java.util.ArrayDeque;
import java.util.Queue;

/** The orders of one deal that wait for its next call, first come first. Not thread-safe. */
final class Lane<O> {

  private final Waiting<O> founder;
  private final Queue<Waiting<O>> queue = new ArrayDeque<>();

  Lane(Waiting<O> founder) {
    this.founder = founder;
    queue.add(founder);
  }

  /** Whether this order found the deal idle: whoever brought it starts the first call. */
  boolean isFoundedBy(Waiting<O> waiting) {
    return founder.answer() == waiting.answer();
  }

  int size() {
    return queue.size();
  }

  void add(Waiting<O> waiting) {
    queue.add(waiting);
  }

  /** Fills the batch in order; false if nobody waits. */
  boolean moveTo(Batch<O> batch) {
    for (Waiting<O> head = queue.peek(); head != null && batch.add(head); head = queue.peek()) {
      queue.remove();
    }
    return !batch.isEmpty();
  }

  void fail(HotDealException cause) {
    queue.forEach(waiting -> waiting.fail(cause));
  }
}
