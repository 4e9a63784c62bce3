package io.hotdeal.demo;

import io.hotdeal.Deal;
import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A way to sell. {@link #sell} fails by throwing or by a failed future. */
interface Seller {

  void open(Deal deal);

  CompletableFuture<OrderResult> sell(Order order);

  void close(String dealId);

  /**
   * Deletes the data of a closed deal, except its sales.
   *
   * @throws NothingHappenedException if an order of it is still under way
   */
  void purge(String dealId);

  /** The time since the last sweep began; empty before the first, or if nothing is swept. */
  Optional<Duration> sweepAge();
}
