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
