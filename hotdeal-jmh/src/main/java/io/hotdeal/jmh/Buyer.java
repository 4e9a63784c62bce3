package io.hotdeal.jmh;

import io.hotdeal.Order;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One thread's orders: each of one unit, under an id that was never used before. */
@State(Scope.Thread)
public class Buyer {

  private Sales sales;
  private String name;
  private long orders;

  /** Comes to the sale. */
  @Setup
  public void arrive(Sales of) {
    sales = of;
    name = of.newBuyerId();
  }

  Order order() {
    return order(sales.someDealId());
  }

  /** So many orders of one deal. */
  List<Order> orders(int count) {
    String dealId = sales.someDealId();
    return IntStream.range(0, count).mapToObj(i -> order(dealId)).toList();
  }

  private Order order(String dealId) {
    return Order.of(name + "-" + ++orders, dealId, name, 1).asFirstAttempt();
  }
}
