package io.hotdeal.faults;

import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The requests to a process of a fleet, as lines: what is wanted, deal, order, and the rest. */
final class FleetRequest {

  private FleetRequest() {}

  static String order(Order order) {
    return "order " + words(order);
  }

  static String hold(Order order, long payWithinMillis) {
    return "hold " + words(order) + " " + payWithinMillis;
  }

  private static String words(Order order) {
    return "%s %s %s %d %s"
        .formatted(
            order.dealId(), order.id(), order.buyerId(), order.quantity(), order.firstAttempt());
  }

  static String confirm(Payment payment) {
    return "confirm " + payment.dealId() + " " + payment.orderId() + " " + payment.id();
  }

  static String extend(Order order, long millisFromNow) {
    return "extend " + order.dealId() + " " + order.id() + " " + millisFromNow;
  }

  static String cancel(Order order) {
    return "cancel " + order.dealId() + " " + order.id();
  }

  /** Whether it is answered as placed where all goes well. */
  static boolean isSale(List<String> words) {
    return words.get(0).equals("order") || words.get(0).equals("confirm");
  }

  static CompletableFuture<OrderResult> run(HotDeal hotDeal, List<String> words) {
    String dealId = words.get(1);
    String orderId = words.get(2);
    return switch (words.get(0)) {
      case "order" -> hotDeal.orderAsync(order(words));
      case "hold" -> hotDeal.holdAsync(order(words), millis(words.get(6)));
      case "confirm" -> hotDeal.confirmAsync(dealId, orderId, words.get(3));
      case "extend" ->
          hotDeal.extendAsync(dealId, orderId, Instant.now().plus(millis(words.get(3))));
      case "cancel" -> hotDeal.cancelAsync(dealId, orderId, "by the buyer");
      default -> throw new IllegalArgumentException(words.toString());
    };
  }

  private static Order order(List<String> words) {
    Order order = Order.of(words.get(2), words.get(1), words.get(3), Long.parseLong(words.get(4)));
    return Boolean.parseBoolean(words.get(5)) ? order.asFirstAttempt() : order;
  }

  private static Duration millis(String word) {
    return Duration.ofMillis(Long.parseLong(word));
  }
}
