package io.hotdeal.jmh.load;

import io.hotdeal.Deal;
import io.hotdeal.Units;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The deals of one round or JMH trial, under ids that no other one uses. Thread-safe. */
public final class DealsOnSale {

  private final String name;
  private final List<Deal> deals;
  private final AtomicInteger buyers = new AtomicInteger();

  /**
   * Creates the ids.
   *
   * @param units of each deal
   */
  DealsOnSale(int deals, long units) {
    name = Long.toHexString(ThreadLocalRandom.current().nextLong());
    this.deals =
        IntStream.range(0, deals).mapToObj(i -> Deal.of("deal-" + name + "-" + i, units)).toList();
  }

  /**
   * Deals that exist.
   *
   * @param name the prefix of the buyers' ids
   */
  DealsOnSale(String name, List<Deal> deals) {
    this.name = name;
    this.deals = deals;
  }

  /** The same deals for one of several processes: with buyers that no other one has. */
  DealsOnSale withBuyersOf(int process) {
    return new DealsOnSale(name + "-p" + process, deals);
  }

  String name() {
    return name;
  }

  /** The deals of a load: as many, with as much stock, as it says. */
  public static DealsOnSale of(LoadProfile profile) {
    long units = profile.neverSellsOut() ? Units.MAX : profile.isSoldOut() ? 1 : profile.stock();
    return new DealsOnSale(profile.deals(), units);
  }

  public List<Deal> deals() {
    return deals;
  }

  /** A source of orders for one thread, under a buyer id of its own. */
  public OrderSource newSource() {
    return new OrderSource(name + "-" + buyers.incrementAndGet(), deals);
  }
}
