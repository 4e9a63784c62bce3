package io.hotdeal;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes the batchers of one desk, which share their limits and their threads.
 *
 * @param maxBatch the most orders in one call
 * @param maxCalls the most calls of one deal and verb under way at once
 * @param maxWaiting the most orders that wait for one deal's next call
 * @param executor runs the calls, never in the thread that hands them over
 */
record Batchers(int maxBatch, int maxCalls, int maxWaiting, Executor executor) {

  /** The same, but for how many may wait. */
  Batchers withMaxWaiting(int orders) {
    return new Batchers(maxBatch, maxCalls, orders, executor);
  }

  /** A lane with these limits: a call is full before too many wait for it. */
  <O> Lane<O> lane() {
    int full = Math.min(maxBatch, Math.max(1, maxWaiting / 4));
    return new Lane<>(full, maxCalls, maxWaiting);
  }

  <O> Batcher<O> of(String verb, Function<List<Order>, List<O>> call) {
    return of(verb, call, Pace.AT_ONCE);
  }

  <O> Batcher<O> of(String verb, Function<List<Order>, List<O>> call, Pace pace) {
    return new Batcher<>(verb, call, this, pace);
  }

  /** A batcher of a call that answers nothing: its orders are answered true once it returned. */
  Batcher<Boolean> ofSilent(String verb, Consumer<List<Order>> call, Pace pace) {
    return of(
        verb,
        orders -> {
          call.accept(orders);
          return Collections.nCopies(orders.size(), true);
        },
        pace);
  }
}
