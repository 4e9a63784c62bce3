package io.hotdeal;

import io.hotdeal.Batcher.Waiting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The orders of one call, each once, and everybody who waits for them. One thread fills it; then
 * the first who answers or fails it is heard, and nobody after that.
 *
 * @param <O> what one order is answered
 */
final class Batch<O> {

  private final int max;
  private final List<Order> orders = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<Seat<O>> seats = new ArrayList<>();

  Batch(int max) {
    this.max = max;
  }

  /**
   * Takes an order in, unless the batch is full or holds another order under the same id, which the
   * store has to judge in a call of its own.
   */
  boolean add(Waiting<O> next) {
    Order order = next.order();
    Integer seated = positions.get(order.id());
    if (seated != null) {
      return orders.get(seated).sameContentAs(order) && seats.add(new Seat<>(next, seated));
    }
    if (orders.size() == max) {
      return false;
    }
    positions.put(order.id(), orders.size());
    seats.add(new Seat<>(next, orders.size()));
    return orders.add(order);
  }

  int size() {
    return orders.size();
  }

  /** The orders, each once, in the order of arrival. */
  List<Order> orders() {
    return orders;
  }

  /** Hands everybody the answer to their order. */
  void answer(List<O> answers) {
    if (answers.size() != orders.size()) {
      throw new IllegalStateException(
          orders.size() + " orders were given " + answers.size() + " answers");
    }
    for (Seat<O> seat : seats) {
      seat.waiting.answer().complete(answers.get(seat.position));
    }
  }

  void fail(HotDealException cause) {
    seats.forEach(seat -> seat.waiting.fail(cause));
  }

  /** Somebody who waits, and the position of their order; several may share one. */
  private record Seat<O>(Waiting<O> waiting, int position) {}
}
