package io.hotdeal.internal.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The orders of one deal that wait for its next call, first in first out, and the calls of the deal
 * that are under way. Thread-safe.
 *
 * @param <O> what one order is answered
 */
public final class DealQueue<O> {

  /** What became of an order that was added. */
  enum Added {
    /** It waits; the caller has to start a call. */
    STARTS_CALL,
    WAITS,
    /** It waits, and fills the call that lingers; the caller has to send that call now. */
    FILLS,
    /** Too many wait already. */
    REFUSED,
    /** The queue has ended; the caller has to use a new one. */
    ENDED
  }

  private final BatchPolicy policy;
  private final Queue<PendingOrder<O>> waiting = new ArrayDeque<>();

  /** The calls under way, by identity. */
  private final List<Batch<O>> calls = new ArrayList<>();

  /** Whether a call was started that has not taken its orders yet. */
  private boolean starting;

  /** Whether that call is not yet handed to its thread. */
  private boolean lingering;

  private int lastBatchSize;

  private boolean ended;

  public DealQueue(BatchPolicy policy) {
    this.policy = policy;
  }

  synchronized Added add(PendingOrder<O> order) {
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
    return lingering && isFull() ? Added.FILLS : Added.WAITS;
  }

  /** Whether enough orders wait for a call to be sent at once. */
  synchronized boolean isFull() {
    return waiting.size() >= policy.flushSize();
  }

  /** Claims the right to hand the next call to its thread; false if that was done already. */
  synchronized boolean send() {
    boolean now = lingering;
    lingering = false;
    return now;
  }

  /**
   * A call starts: fills its batch in order.
   *
   * @return whether another call has to be started beside it
   */
  synchronized boolean take(Batch<O> batch) {
    starting = false;
    calls.add(batch);
    for (PendingOrder<O> head = waiting.peek();
        head != null && batch.add(head);
        head = waiting.peek()) {
      waiting.remove();
    }
    lastBatchSize = batch.size();
    return startsAnother();
  }

  /**
   * A call is over.
   *
   * @return whether another one has to be started
   */
  synchronized boolean finish(Batch<O> batch) {
    calls.removeIf(call -> call == batch);
    return startsAnother();
  }

  /** Ends the queue if nothing waits and nothing is under way; whether it has ended. */
  synchronized boolean endIfIdle() {
    ended |= waiting.isEmpty() && calls.isEmpty() && !starting;
    return ended;
  }

  /** How many orders wait or are in a call, those that are being answered included. */
  synchronized int pending() {
    int orders = waiting.size();
    for (Batch<O> call : calls) {
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
    lingering |= starts;
    return starts;
  }

  /** The orders to fail: those that no call took yet, and the calls under way. */
  record Evicted<O>(List<PendingOrder<O>> unsent, List<Batch<O>> sent) {}

  /** Removes all orders that wait for a call; names the calls under way, which go on. */
  synchronized Evicted<O> evict() {
    List<PendingOrder<O>> unsent = List.copyOf(waiting);
    waiting.clear();
    return new Evicted<>(unsent, List.copyOf(calls));
  }

  /**
   * Ends the queue.
   *
   * @return all orders that wait, for the caller to fail
   */
  synchronized List<PendingOrder<O>> end() {
    ended = true;
    List<PendingOrder<O>> left = List.copyOf(waiting);
    waiting.clear();
    return left;
  }
}
