package io.hotdeal.demo;

import io.hotdeal.Order;
import io.hotdeal.Units;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads an order out of a request's {@code deal, order, buyer} and {@code quantity}. */
final class OrderRequest {

  private OrderRequest() {}

  /**
   * The order of this request. An id that is made here was never sent before.
   *
   * @throws IllegalArgumentException with one line for the caller
   */
  static Order read(HttpServletRequest request, Endpoint endpoint) {
    String id = request.getParameter("order");
    Order order =
        Order.of(
            orElseFresh(id),
            endpoint.resolve(request.getParameter("deal")),
            orElseFresh(request.getParameter("buyer")),
            quantity(request.getParameter("quantity")));
    return id == null ? order.asFirstAttempt() : order;
  }

  private static String orElseFresh(@Nullable String id) {
    return id != null ? id : UUID.randomUUID().toString();
  }

  private static long quantity(@Nullable String text) {
    return text == null ? 1 : Numbers.parse("quantity", text, 1, Units.MAX);
  }
}
