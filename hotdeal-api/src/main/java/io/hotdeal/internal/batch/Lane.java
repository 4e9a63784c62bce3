package io.hotdeal.internal.batch;

import io.hotdeal.OrderKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The orders that wait for the next call of a lane, first in, first out, and the calls of the lane
 * that are under way. Thread-safe.
 *
 * @param <I> what is sent of one order: the order itself, or a payment or an extension of it
 * @param <O> the result of one order
 */
public final class Lane<I extends OrderKey, O> {

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
  private final WaitingOrders<I, O> waiting;

  /** The calls under way, by identity. */
  private final List<Batch<I, O>> calls = new ArrayList<>();

  /** Those under way that no order waits for. */
  private final List<Batch<I, O>> overtaken = new ArrayList<>();

  /** Whether a call has been started that has not taken its orders yet. */
  private boolean starting;

  /** Whether that call has been handed to a thread. */
  private boolean sent = true;

  private int lastBatchSize;

  private boolean ended;

  /**
   * Creates a lane without orders.
   *
   * @param severalDeals whether its calls are of several deals
   */
  Lane(BatchPolicy policy, boolean severalDeals) {
    this.policy = policy;
    this.waiting = new WaitingOrders<>(severalDeals);
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
    return waiting.sendable() >= policy.flushSize();
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
    waiting.moveTo(batch);
    lastBatchSize = batch.size();
    return startsAnother();
  }

  /**
   * Ends a call.
   *
   * @return whether the caller has to start another one
   */
  synchronized boolean finish(Batch<I, O> batch) {
    if (calls.removeIf(call -> call == batch)) {
      waiting.endCall(batch);
    }
    overtaken.removeIf(call -> call == batch);
    return startsAnother();
  }

  /**
   * Adds a call that is under way.
   *
   * @return false if the lane has ended
   */
  synchronized boolean adopt(Batch<I, O> batch) {
    return !ended && calls.add(batch);
  }

  /**
   * Starts the next call without waiting for those under way, which continue.
   *
   * @param most how many calls may be overtaken at once
   * @return whether the caller has to start a call
   */
  synchronized boolean overtake(int most) {
    if (overtaken.size() + calls.size() > most) {
      return false;
    }
    overtaken.addAll(calls);
    calls.forEach(waiting::endCall);
    calls.clear();
    return startsAnother();
  }

  /** The deals of the calls under way. */
  synchronized Set<String> dealsUnderWay() {
    Set<String> deals = new HashSet<>();
    underWay().forEach(call -> deals.addAll(call.dealIds()));
    return deals;
  }

  private List<Batch<I, O>> underWay() {
    List<Batch<I, O>> all = new ArrayList<>(calls);
    all.addAll(overtaken);
    return all;
  }

  /**
   * Ends the queue if no order waits and no call is under way.
   *
   * @return whether it has ended
   */
  synchronized boolean endIfIdle() {
    ended |= waiting.isEmpty() && underWay().isEmpty() && !starting;
    return ended;
  }

  /**
   * The number of orders that wait or are in a call, until the call has completed all their
   * futures.
   */
  synchronized int pending() {
    int orders = waiting.size();
    for (Batch<I, O> call : underWay()) {
      orders += call.size();
    }
    return orders;
  }

  private boolean startsAnother() {
    boolean starts =
        !starting
            && waiting.sendable() > 0
            && policy.startsCall(calls.size(), waiting.sendable(), lastBatchSize);
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
    return new Evicted<>(waiting.removeIf(any -> true), underWay());
  }

  /** Removes the orders of a deal that wait for a call, and returns them. */
  synchronized List<PendingOrder<I, O>> evictUnsent(String dealId) {
    return waiting.removeIf(it -> it.order().dealId().equals(dealId));
  }

  /**
   * Ends the queue.
   *
   * @return all orders that wait, for the caller to fail
   */
  synchronized List<PendingOrder<I, O>> end() {
    ended = true;
    return waiting.removeIf(any -> true);
  }
}
