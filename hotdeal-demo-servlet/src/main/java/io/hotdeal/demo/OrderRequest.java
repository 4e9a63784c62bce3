package io.hotdeal.demo;

import io.hotdeal.Order;
import io.hotdeal.Units;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reader of orders from the parameters {@code deal}, {@code order}, {@code buyer} and {@code
 * quantity} of a request.
 */
final class OrderRequest {

  private OrderRequest() {}

  /**
   * The order of this request. Missing ids are generated; the quantity is 1 by default. An order
   * with a generated id is marked as a first attempt.
   *
   * @throws IllegalArgumentException with a message for the caller, in one line
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

  /** The id, or a new one if there is none. */
  static String orElseFresh(@Nullable String id) {
    return id != null ? id : UUID.randomUUID().toString();
  }

  private static long quantity(@Nullable String text) {
    return text == null ? 1 : Numbers.parse("quantity", text, 1, Units.MAX);
  }
}
