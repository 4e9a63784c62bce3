package io.hotdeal.internal.batch;

import io.hotdeal.HotDealException;
import io.hotdeal.OrderKey;
import java.util.concurrent.CompletableFuture;

/**
 * An order that waits for its result from a store.
 *
 * @param <I> what is sent of one order: the order itself, or a payment or an extension of it
 * @param <O> the result of one order
 */
record PendingOrder<I extends OrderKey, O>(I order, CompletableFuture<O> answer) {

  void fail(HotDealException cause) {
    answer.completeExceptionally(cause);
  }
}
