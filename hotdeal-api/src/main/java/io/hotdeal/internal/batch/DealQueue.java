package io.hotdeal.internal.batch;

import io.hotdeal.OrderKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The orders of one deal that wait for its next call, first in, first out, and the calls of the
 * deal that are under way. Thread-safe.
 *
 * @param <I> what is sent of one order: the order itself, or a payment or an extension of it
 * @param <O> the result of one order
 */
public final class DealQueue<I extends OrderKey, O> {

  /** The result of adding an order. */
  enum Added {
    /** It waits; the caller has to start a call. */
    STARTS_CALL,
    WAITS,
    /**
     * It waits, and completes a full batch for the delayed call; the caller has to send that now.
     */
    FILLS,
    /** It was not added, because too many orders wait. */
    REFUSED,
    /** It was not added, because the queue has ended; the caller has to use a new queue. */
    ENDED
  }

  private final BatchPolicy policy;
  private final Queue<PendingOrder<I, O>> waiting = new ArrayDeque<>();

  /** The calls under way, by identity. */
  private final List<Batch<I, O>> calls = new ArrayList<>();

  /** Whether a call has been started that has not taken its orders yet. */
  private boolean starting;

  /** Whether that call has been handed to a thread. */
  private boolean sent = true;

  private int lastBatchSize;

  private boolean ended;

  public DealQueue(BatchPolicy policy) {
    this.policy = policy;
  }

  synchronized Added add(PendingOrder<I, O> order) {
    if (ended) {
      return Added.ENDED;
    }
    if (waiting.size() >= policy.maxPending()) {
      return Added.REFUSED;
    }
    waiting.add(order);
    if (startsAnother()) {
      return Added.STARTS_CALL;
    }
    return !sent && isFull() ? Added.FILLS : Added.WAITS;
  }

  /** Whether enough orders wait for a call to be sent at once. */
  synchronized boolean isFull() {
    return waiting.size() >= policy.flushSize();
  }

  /**
   * Notes that the started call is handed to its thread.
   *
   * @return false if that was done already
   */
  synchronized boolean markSent() {
    boolean first = !sent;
    sent = true;
    return first;
  }

  /**
   * Begins the started call: moves waiting orders, oldest first, into its batch.
   *
   * @return whether the caller has to start another call beside it
   */
  synchronized boolean take(Batch<I, O> batch) {
    starting = false;
    calls.add(batch);
    for (PendingOrder<I, O> head = waiting.peek();
        head != null && batch.add(head);
        head = waiting.peek()) {
      waiting.remove();
    }
    lastBatchSize = batch.size();
    return startsAnother();
  }

  /**
   * Ends a call.
   *
   * @return whether the caller has to start another one
   */
  synchronized boolean finish(Batch<I, O> batch) {
    calls.removeIf(call -> call == batch);
    return startsAnother();
  }

  /**
   * Ends the queue if no order waits and no call is under way.
   *
   * @return whether it has ended
   */
  synchronized boolean endIfIdle() {
    ended |= waiting.isEmpty() && calls.isEmpty() && !starting;
    return ended;
  }

  /**
   * The number of orders that wait or are in a call, until the call has completed all their
   * futures.
   */
  synchronized int pending() {
    int orders = waiting.size();
    for (Batch<I, O> call : calls) {
      orders += call.size();
    }
    return orders;
  }

  private boolean startsAnother() {
    boolean starts =
        !starting
            && !waiting.isEmpty()
            && policy.startsCall(calls.size(), waiting.size(), lastBatchSize);
    starting |= starts;
    sent &= !starts;
    return starts;
  }

  /** The orders to fail: those that no call took yet, and the calls under way. */
  record Evicted<I extends OrderKey, O>(List<PendingOrder<I, O>> unsent, List<Batch<I, O>> sent) {}

  /**
   * Removes all orders that wait for a call, and returns them with the calls under way, which
   * continue.
   */
  synchronized Evicted<I, O> evict() {
    List<PendingOrder<I, O>> unsent = List.copyOf(waiting);
    waiting.clear();
    return new Evicted<>(unsent, List.copyOf(calls));
  }

  /**
   * Ends the queue.
   *
   * @return all orders that wait, for the caller to fail
   */
  synchronized List<PendingOrder<I, O>> end() {
    ended = true;
    List<PendingOrder<I, O>> left = List.copyOf(waiting);
    waiting.clear();
    return left;
  }
}
