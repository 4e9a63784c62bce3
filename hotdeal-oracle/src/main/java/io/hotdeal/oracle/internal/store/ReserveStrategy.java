package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.ReserveResult;
import io.hotdeal.spi.OrderState;
import java.util.List;

/** A way to write orders and take their units. */
@FunctionalInterface
public interface ReserveStrategy {

  /**
   * As {@link io.hotdeal.spi.OrderLog#reserve}.
   *
   * @param orders at least one, all of one deal
   * @param as RESERVED or PAID
   */
  List<ReserveResult> reserve(List<Order> orders, OrderState as);
}
