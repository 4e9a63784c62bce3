package io.hotdeal.oracle.internal.store;

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
  interface BatchCall<I, R> {
    List<R> run(List<I> items) throws ConstraintViolation;
  }

  /** Makes the result of an item that was refused on its own. */
  @FunctionalInterface
  interface Refused<I, R> {
    R answer(I item, ConstraintViolation refused);
  }

  private BatchSplitter() {}

  /**
   * Runs the batch, split as far as needed.
   *
   * @param items at least one, all of one deal
   * @return one answer per item, position by position
   */
  static <I, R> List<R> run(List<I> items, BatchCall<I, R> batch, Refused<I, R> alone) {
    try {
      return batch.run(items);
    } catch (ConstraintViolation refused) {
      if (items.size() == 1) {
        return List.of(alone.answer(items.get(0), refused));
      }
      int half = items.size() / 2;
      List<R> answers = new ArrayList<>(items.size());
      answers.addAll(run(items.subList(0, half), batch, alone));
      answers.addAll(run(items.subList(half, items.size()), batch, alone));
      return answers;
    }
  }
}
