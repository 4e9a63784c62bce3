package io.hotdeal;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes the batchers of one desk, which share their limits and their threads. */
record Batchers(int maxBatch, int maxCalls, int maxWaiting, Executor executor) {

  <O> Batcher<O> of(String verb, Function<List<Order>, List<O>> call) {
    return new Batcher<>(verb, call, maxBatch, maxCalls, maxWaiting, executor);
  }

  /** A batcher of a call that answers nothing: its orders are answered true once it returned. */
  Batcher<Boolean> ofSilent(String verb, Consumer<List<Order>> call) {
    return of(
        verb,
        orders -> {
          call.accept(orders);
          return Collections.nCopies(orders.size(), true);
        });
  }
}
