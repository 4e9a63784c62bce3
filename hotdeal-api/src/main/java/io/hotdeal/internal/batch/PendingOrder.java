package io.hotdeal.internal.batch;

import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import java.util.concurrent.CompletableFuture;

/**
 * An order that waits for its result from a store.
 *
 * @param <O> the result of one order
 */
record PendingOrder<O>(Order order, CompletableFuture<O> answer) {

  void fail(HotDealException cause) {
    answer.completeExceptionally(cause);
  }
}
