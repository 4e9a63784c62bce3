package io.hotdeal.demo;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import java.util.concurrent.CompletableFuture;

/** One way to sell. A failure of {@link #sell} is thrown or comes with the future. */
interface Seller {

  void open(Deal deal);

  CompletableFuture<OrderResult> sell(Order order);

  void close(String dealId);
}
