package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import java.util.List;
import java.util.function.Consumer;

/** Splits long lists of orders into script calls, so that none keeps the server for long. */
final class Chunks {

  /** Orders of one script call: about two milliseconds of the server, more where memory is new. */
  static final int SIZE = 512;

  private Chunks() {}

  /**
   * Makes one call per chunk, in list order.
   *
   * @throws OutcomeUnknownException also where a chunk certainly had no effect, if one before it
   *     had
   */
  static void run(List<Order> orders, Consumer<List<Order>> call) {
    for (int from = 0; from < orders.size(); from += SIZE) {
      List<Order> chunk = orders.subList(from, Math.min(from + SIZE, orders.size()));
      try {
        call.accept(chunk);
      } catch (NothingHappenedException e) {
        throw from == 0 ? e : halfDone(from, orders.size(), e);
      }
    }
  }

  private static OutcomeUnknownException halfDone(int done, int all, NothingHappenedException e) {
    return new OutcomeUnknownException(
        "done for " + done + " of " + all + " orders, then: " + e.getMessage(), e);
  }
}
