package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.ReserveResult;
import io.hotdeal.spi.OrderState;
import java.util.List;

/** A way to write orders and take their units. */
public interface ReserveStrategy {

  /**
   * As {@link io.hotdeal.spi.OrderLog#reserve}.
   *
   * @param orders at least one, of any deals
   * @param as RESERVED or PAID
   */
  List<ReserveResult> reserve(List<Order> orders, OrderState as);

  /** As {@link io.hotdeal.spi.OrderLog#combinesDeals}. */
  boolean combinesDeals();
}
