package io.hotdeal.internal.batch;

import io.hotdeal.Order;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Creates batchers that share a policy and the threads of their store.
 *
 * @param policy the limits of every batcher
 * @param executor runs the calls, never in the thread that submits an order
 */
public record BatcherFactory(BatchPolicy policy, Executor executor) {

  /** A batcher whose calls are sent at once. */
  public <O> Batcher<O> create(String verb, Function<List<Order>, List<O>> call) {
    return create(verb, call, FlushPolicy.IMMEDIATE);
  }

  /** A batcher whose calls are sent as the flush policy says. */
  public <O> Batcher<O> create(
      String verb, Function<List<Order>, List<O>> call, FlushPolicy flushPolicy) {
    return new Batcher<>(verb, call, this, flushPolicy);
  }

  /** A batcher of a call without answers: each order is answered true once the call returned. */
  public Batcher<Boolean> createVoid(
      String verb, Consumer<List<Order>> call, FlushPolicy flushPolicy) {
    return create(
        verb,
        orders -> {
          call.accept(orders);
          return Collections.nCopies(orders.size(), true);
        },
        flushPolicy);
  }
}
