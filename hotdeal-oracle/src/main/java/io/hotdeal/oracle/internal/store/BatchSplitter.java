package io.hotdeal.oracle.internal.store;

import io.hotdeal.Order;
import io.hotdeal.oracle.internal.jdbc.ConstraintViolation;
import java.util.ArrayList;
import java.util.List;

/**
 * A helper that isolates rows which the database refuses: a refused batch is split in two halves,
 * each in a transaction of its own, down to single rows.
 */
final class BatchSplitter {

  /** A batch that runs in one transaction. */
  @FunctionalInterface
  interface BatchCall<R> {
    List<R> run(List<Order> orders) throws ConstraintViolation;
  }

  /** Makes the result of an order that was refused on its own. */
  @FunctionalInterface
  interface Refused<R> {
    R answer(Order order, ConstraintViolation refused);
  }

  private BatchSplitter() {}

  /**
   * Runs the batch, split as far as needed.
   *
   * @param orders at least one, all of one deal
   * @return one answer per order, position by position
   */
  static <R> List<R> run(List<Order> orders, BatchCall<R> batch, Refused<R> alone) {
    try {
      return batch.run(orders);
    } catch (ConstraintViolation refused) {
      if (orders.size() == 1) {
        return List.of(alone.answer(orders.get(0), refused));
      }
      int half = orders.size() / 2;
      List<R> answers = new ArrayList<>(orders.size());
      answers.addAll(run(orders.subList(0, half), batch, alone));
      answers.addAll(run(orders.subList(half, orders.size()), batch, alone));
      return answers;
    }
  }
}
