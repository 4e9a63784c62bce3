package io.hotdeal.internal.batch;

import io.hotdeal.HotDealException;
import io.hotdeal.Order;
import java.util.concurrent.CompletableFuture;

/**
 * An order that waits for its answer from a store.
 *
 * @param <O> what one order is answered
 */
record PendingOrder<O>(Order order, CompletableFuture<O> answer) {

  void fail(HotDealException cause) {
    answer.completeExceptionally(cause);
  }
}
