package io.hotdeal.jmh;

import io.hotdeal.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.TearDown;

/** What the benchmarks sell at: one till, opened by a subclass once its stores are there. */
public abstract class Shop {

  private @Nullable Till till;

  final void open(Till closed) {
    closed.open();
    till = closed;
  }

  final void sell(List<Order> orders) {
    till().sell(orders);
  }

  /** Voids the figure if the stores do not hold what was sold. */
  @TearDown
  public void close() {
    till().close();
  }

  private Till till() {
    if (till == null) {
      throw new IllegalStateException("the shop was not opened");
    }
    return till;
  }
}
