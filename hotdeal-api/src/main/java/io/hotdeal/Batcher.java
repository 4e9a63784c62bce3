package io.hotdeal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Buyers who wait together travel together: whatever queued while the last call was under way goes
 * into the next one.
 *
 * <p>There is no timer: an idle deal's order leaves at once, a crowded deal gets bigger batches. At
 * most one deal is in a call; more than one call of a deal is under way only for a crowd. A lane
 * exists exactly while a call of its deal is under way or about to be, so an idle deal costs
 * nothing. (The idea is group commit: DeWitt et al., 1984.)
 *
 * @param <O> what one order is answered
 */
final class Batcher<O> {

  private final String verb;
  private final Function<List<Order>, List<O>> call;
  private final int maxBatch;
  private final int maxCalls;
  private final int maxWaiting;
  private final Executor executor;
  private final Map<String, Lane<O>> lanes = new ConcurrentHashMap<>();

  /** Those of which a call is to be started, but waits for the leader. */
  private final Map<String, Lane<O>> held = new ConcurrentHashMap<>();

  private final List<Batcher<?>> followers = new CopyOnWriteArrayList<>();
  private volatile @Nullable Batcher<?> leader;

  /**
   * Makes a batcher of one call.
   *
   * @param verb names the call in messages
   * @param call answers position by position; blocks
   * @param maxBatch the most orders in one call
   * @param maxCalls the most calls of one deal under way at once
   * @param maxWaiting the most orders that wait for one deal's next call
   * @param executor runs the calls, never in the thread that hands them over
   */
  Batcher(
      String verb,
      Function<List<Order>, List<O>> call,
      int maxBatch,
      int maxCalls,
      int maxWaiting,
      Executor executor) {
    this.verb = verb;
    this.call = call;
    this.maxBatch = maxBatch;
    this.maxCalls = maxCalls;
    this.maxWaiting = maxWaiting;
    this.executor = executor;
  }

  /**
   * Has the calls of a deal wait while the other batcher has one of it under way, unless they are
   * full: who hurries ahead only waits there, and travels in smaller company.
   */
  void follow(Batcher<?> other) {
    leader = other;
    other.followers.add(this);
  }

  /**
   * Puts an order into its deal's next call. Never blocks.
   *
   * @return the order's answer; fails with {@link NothingHappenedException} where the queue is
   *     full, and with what the call threw, as unknown unless that says otherwise
   */
  CompletableFuture<O> submit(Order order) {
    Waiting<O> waiting = new Waiting<>(order, new CompletableFuture<>());
    while (!boards(waiting)) {
      Thread.onSpinWait(); // whoever ended that lane is about to take it away
    }
    return waiting.answer();
  }

  /** False if the deal's lane ended just now. */
  private boolean boards(Waiting<O> waiting) {
    String dealId = waiting.order().dealId();
    Lane<O> lane = lanes.get(dealId);
    if (lane == null) {
      lane = lanes.computeIfAbsent(dealId, id -> new Lane<>(maxCalls, maxWaiting));
    }
    switch (lane.add(waiting)) {
      case STARTS_CALL -> start(dealId, lane);
      case WAITS -> {
        if (held.containsKey(dealId) && lane.waiting() >= maxBatch) {
          letGo(dealId);
        }
      }
      case REFUSED ->
          waiting.fail(
              new NothingHappenedException(
                  verb + " was not started: " + maxWaiting + " orders wait already, the limit"));
      case TOO_LATE -> {
        return false;
      }
    }
    return true;
  }

  private void start(String dealId, Lane<O> lane) {
    if (mayGo(dealId, lane)) {
      go(dealId, lane);
      return;
    }
    held.put(dealId, lane);
    if (mayGo(dealId, lane)) { // the leader's call may have ended before it could see this one
      letGo(dealId);
    }
  }

  private boolean mayGo(String dealId, Lane<O> lane) {
    Batcher<?> ahead = leader;
    return ahead == null || !ahead.lanes.containsKey(dealId) || lane.waiting() >= maxBatch;
  }

  private void letGo(String dealId) {
    Lane<O> lane = held.remove(dealId);
    if (lane != null) {
      go(dealId, lane);
    }
  }

  private void go(String dealId, Lane<O> lane) {
    try {
      executor.execute(() -> makeCall(dealId, lane));
    } catch (RuntimeException | Error e) {
      lane.fail(new NothingHappenedException(verb + " was not started: no thread for it", e));
      end(dealId, lane);
    }
  }

  private void end(String dealId, Lane<O> lane) {
    lanes.remove(dealId, lane);
    followers.forEach(follower -> follower.letGo(dealId));
  }

  private void makeCall(String dealId, Lane<O> lane) {
    Batch<O> batch = new Batch<>(maxBatch);
    if (lane.take(batch)) {
      start(dealId, lane);
    }
    try {
      run(batch);
    } finally {
      if (lane.over()) {
        start(dealId, lane);
      } else if (lane.ends()) {
        end(dealId, lane);
      }
    }
  }

  private void run(Batch<O> batch) {
    try {
      batch.answer(call.apply(batch.orders()));
    } catch (HotDealException e) {
      batch.fail(e);
    } catch (RuntimeException | Error e) {
      batch.fail(new OutcomeUnknownException(verb + " broke", e));
    }
  }

  /** An order and the answer it waits for. */
  record Waiting<O>(Order order, CompletableFuture<O> answer) {

    void fail(HotDealException cause) {
      answer.completeExceptionally(cause);
    }
  }
}
