package io.hotdeal.demo;

import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One way to sell. A failure of {@link #sell} is thrown or comes with the future. */
interface Seller {

  void open(Deal deal);

  CompletableFuture<OrderResult> sell(Order order);

  void close(String dealId);

  /**
   * Frees what is kept of a closed deal besides its sales.
   *
   * @throws NothingHappenedException if an order of it is still under way
   */
  void purge(String dealId);

  /** How long ago the last sweep began; empty where nothing is swept. */
  Optional<Duration> sweepAge();
}
