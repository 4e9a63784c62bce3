package io.hotdeal.redis;

import io.hotdeal.NothingHappenedException;
import io.hotdeal.Order;
import io.hotdeal.OutcomeUnknownException;
import java.util.List;
import java.util.function.Consumer;

/** A splitter of long lists of orders into script calls, because a script blocks Redis. */
final class Chunks {

  /** The most orders per script call: about 2 ms of server time, more if memory grows. */
  static final int SIZE = 512;

  private Chunks() {}

  /**
   * Makes one call per chunk, in list order. Stops at the first failure.
   *
   * @throws NothingHappenedException of the first chunk
   * @throws OutcomeUnknownException of any chunk; also in place of a {@link
   *     NothingHappenedException} if an earlier chunk took effect
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
