package io.hotdeal.redis;

import io.hotdeal.Order;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Orders as the scripts take them: per order its id, and its content as the store writes it. */
final class OrderArgs {

  private OrderArgs() {}

  static List<String> of(List<Order> orders) {
    List<String> args = new ArrayList<>(2 * orders.size() + 1);
    for (Order order : orders) {
      args.add(order.id());
      args.add(order.quantity() + ":" + order.buyerId());
    }
    return args;
  }

  /** Behind them the units of all together, or 0 where an id stands twice. */
  static List<String> withTotal(List<Order> orders) {
    List<String> args = of(orders);
    args.add(Long.toString(unitsIfIdsDiffer(orders)));
    return args;
  }

  private static long unitsIfIdsDiffer(List<Order> orders) {
    Set<String> ids = new HashSet<>(2 * orders.size());
    long units = 0;
    for (Order order : orders) {
      if (!ids.add(order.id())) {
        return 0;
      }
      units += order.quantity();
    }
    return units;
  }
}
