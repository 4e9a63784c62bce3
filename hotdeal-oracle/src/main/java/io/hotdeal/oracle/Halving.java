package io.hotdeal.oracle;

import io.hotdeal.Order;
import java.util.ArrayList;
import java.util.List;

/**
 * Does a verb to a batch of orders so that a row which the database refuses fails alone: a refused
 * batch is done again in two halves, each in a transaction of its own, down to single rows.
 */
final class Halving {

  /** Does it to all of these orders, in one transaction. */
  @FunctionalInterface
  interface Verb<R> {
    List<R> to(List<Order> orders) throws Violation;
  }

  /** Answers for one order that was refused on its own. */
  @FunctionalInterface
  interface Alone<R> {
    R answer(Order order, Violation refused);
  }

  private Halving() {}

  /**
   * Does the verb to all of these orders.
   *
   * @param orders at least one, all of one deal
   * @return one answer per order, position by position
   */
  static <R> List<R> of(List<Order> orders, Verb<R> verb, Alone<R> alone) {
    try {
      return verb.to(orders);
    } catch (Violation refused) {
      if (orders.size() == 1) {
        return List.of(alone.answer(orders.get(0), refused));
      }
      int half = orders.size() / 2;
      List<R> answers = new ArrayList<>(orders.size());
      answers.addAll(of(orders.subList(0, half), verb, alone));
      answers.addAll(of(orders.subList(half, orders.size()), verb, alone));
      return answers;
    }
  }
}
