package io.hotdeal.internal.batch;

import io.hotdeal.HotDealListener.Store;
import io.hotdeal.Order;
import io.hotdeal.OrderKey;
import io.hotdeal.internal.event.EventPublisher;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The factory of the batchers of one store, which share a policy and threads.
 *
 * @param policy the limits of every batcher
 * @param executor runs the calls, never in the thread that submits an order
 * @param lanes which deals share calls
 */
public record BatcherFactory(
    Store store, BatchPolicy policy, Executor executor, EventPublisher events, Lanes lanes) {

  /** A factory of batchers with a lane for each deal. */
  public BatcherFactory(Store store, BatchPolicy policy, Executor executor, EventPublisher events) {
    this(store, policy, executor, events, Lanes.ONE_PER_DEAL);
  }

  /** The same factory with another policy. */
  public BatcherFactory withPolicy(BatchPolicy other) {
    return new BatcherFactory(store, other, executor, events, lanes);
  }

  /** The same factory with other lanes. */
  public BatcherFactory withLanes(Lanes other) {
    return new BatcherFactory(store, policy, executor, events, other);
  }

  /** Creates a batcher whose calls are sent at once. */
  public <I extends OrderKey, O> Batcher<I, O> create(
      String verb, Function<List<I>, List<O>> call) {
    return create(verb, call, FlushPolicy.IMMEDIATE);
  }

  /** Creates a batcher whose calls are sent according to the flush policy. */
  public <I extends OrderKey, O> Batcher<I, O> create(
      String verb, Function<List<I>, List<O>> call, FlushPolicy flushPolicy) {
    return new Batcher<>(verb, call, this, flushPolicy);
  }

  /**
   * Creates a batcher of a call without results: each order gets true once the call has returned.
   */
  public Batcher<Order, Boolean> createVoid(
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
