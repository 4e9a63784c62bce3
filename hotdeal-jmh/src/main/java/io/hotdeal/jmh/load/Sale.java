package io.hotdeal.jmh.load;

import io.hotdeal.Deal;
import io.hotdeal.Units;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The deals of one slice, which no other slice knows, and the ids of those who buy. */
final class Sale {

  private final String name;
  private final List<Deal> deals;
  private final AtomicInteger buyers = new AtomicInteger();

  /**
   * Makes up the ids.
   *
   * @param units of each deal
   */
  Sale(int deals, long units) {
    name = Long.toHexString(ThreadLocalRandom.current().nextLong());
    this.deals =
        IntStream.range(0, deals).mapToObj(i -> Deal.of("deal-" + name + "-" + i, units)).toList();
  }

  /** The deals of that load. */
  static Sale of(Shape shape) {
    long units = shape.neverSellsOut() ? Units.MAX : shape.isSoldOut() ? 1 : shape.stock();
    return new Sale(shape.deals(), units);
  }

  List<Deal> deals() {
    return deals;
  }

  /** Somebody new, for one thread. */
  Buyer newBuyer() {
    return new Buyer(name + "-" + buyers.incrementAndGet(), deals);
  }
}
