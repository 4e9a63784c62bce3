package io.hotdeal;

import io.hotdeal.Batcher.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The orders of one deal that wait for its next call, first come first, and how many of its calls
 * are under way. Thread-safe.
 *
 * <p>A first call starts at once. One more starts beside it only for a crowd, as soon as half as
 * many wait as the last one took: then its rows are written while the other one commits. A smaller
 * crowd is served faster by one call, because two meet at the deal's row.
 */
final class Lane<O> {

  /** What became of an order that was added. */
  enum Added {
    /** It waits, and whoever added it has to start a call. */
    STARTS_CALL,
    WAITS,
    /** It waits, and fills the call that lingers: whoever added it lets that go. */
    FILLS,
    /** Too many wait already. */
    REFUSED,
    /** The lane has ended; there is or will be another. */
    TOO_LATE
  }

  /** About as many rows as take a database as long to write as one commit takes. */
  static final int CROWD = 64;

  private final int full;
  private final int maxCalls;
  private final int maxWaiting;
  private final Queue<Waiting<O>> queue = new ArrayDeque<>();

  /** The calls under way, by identity. */
  private final List<Batch<O>> calls = new ArrayList<>();

  /** Whether a call was started that has not taken its orders yet. */
  private boolean starting;

  /** Whether that call is not handed over to its thread yet. */
  private boolean lingers;

  private int lastTook;

  private boolean ended;

  /**
   * A lane.
   *
   * @param full so many orders have nothing to wait for
   */
  Lane(int full, int maxCalls, int maxWaiting) {
    this.full = full;
    this.maxCalls = maxCalls;
    this.maxWaiting = maxWaiting;
  }

  synchronized Added add(Waiting<O> waiting) {
    if (ended) {
      return Added.TOO_LATE;
    }
    if (queue.size() >= maxWaiting) {
      return Added.REFUSED;
    }
    queue.add(waiting);
    if (startsAnother()) {
      return Added.STARTS_CALL;
    }
    return lingers && isFull() ? Added.FILLS : Added.WAITS;
  }

  /** Whether a call has nothing to wait for. */
  synchronized boolean isFull() {
    return queue.size() >= full;
  }

  /** The next call leaves for its thread; false if it did already. */
  synchronized boolean departs() {
    boolean now = lingers;
    lingers = false;
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
    for (Waiting<O> head = queue.peek(); head != null && batch.add(head); head = queue.peek()) {
      queue.remove();
    }
    lastTook = batch.size();
    return startsAnother();
  }

  /**
   * A call is over.
   *
   * @return whether another one has to be started
   */
  synchronized boolean over(Batch<O> batch) {
    calls.removeIf(call -> call == batch);
    return startsAnother();
  }

  /** Whether it has come to its end, because nobody waits and nothing is under way. */
  synchronized boolean ends() {
    ended |= queue.isEmpty() && calls.isEmpty() && !starting;
    return ended;
  }

  /** How many orders wait or are in a call, their answers being handed out included. */
  synchronized int aboard() {
    int orders = queue.size();
    for (Batch<O> call : calls) {
      orders += call.size();
    }
    return orders;
  }

  private boolean startsAnother() {
    boolean starts = !starting && !queue.isEmpty() && mayStart();
    starting |= starts;
    lingers |= starts;
    return starts;
  }

  private boolean mayStart() {
    return calls.isEmpty()
        || (calls.size() < maxCalls && queue.size() >= CROWD && 2 * queue.size() >= lastTook);
  }

  /** Who has to be told when nobody is to wait any longer. */
  record Evicted<O>(List<Waiting<O>> unsent, List<Batch<O>> sent) {}

  /** Takes out all who wait for a call; names the calls under way, which go on. */
  synchronized Evicted<O> evict() {
    List<Waiting<O>> unsent = List.copyOf(queue);
    queue.clear();
    return new Evicted<>(unsent, List.copyOf(calls));
  }

  /**
   * Ends it.
   *
   * @return all who wait, for the caller to fail
   */
  synchronized List<Waiting<O>> end() {
    ended = true;
    List<Waiting<O>> left = List.copyOf(queue);
    queue.clear();
    return left;
  }
}
