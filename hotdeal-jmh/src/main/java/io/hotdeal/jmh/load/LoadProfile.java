package io.hotdeal.jmh.load;

import io.hotdeal.Units;

/**
 * The load that a strategy gets.
 *
 * @param callers orders in flight at a time, 1 to {@link #MOST_CALLERS}; in an open loop the
 *     threads
 * @param deals deals that the orders are spread over, 1 to {@link #MOST_DEALS}; 1 is a hot block
 * @param roundTripMillis delay added to each round trip to a store, 0 to 1,000
 * @param rate orders per second in an open loop; 0 in a closed one
 * @param stock units of each deal; 0 if it never sells out, {@link #SOLD_OUT} if it is sold out
 *     before the load begins
 * @param instances of the strategy, 1 to {@link #MOST_INSTANCES}, which the callers are spread over
 *     evenly; each has pools of its own over the same stores
 */
public record LoadProfile(
    LoadModel model,
    int callers,
    int deals,
    double roundTripMillis,
    double rate,
    long stock,
    int instances) {

  /** Every deal is sold out before the load begins. */
  public static final long SOLD_OUT = -1;

  static final int MOST_CALLERS = 10_000;
  static final int MOST_DEALS = 100_000;
  static final int MOST_INSTANCES = 1_000;
  static final double LONGEST_ROUND_TRIP = 1_000;
  static final double HIGHEST_RATE = 10_000_000;

  public LoadProfile {
    within("callers", callers, 1, MOST_CALLERS);
    within("deals", deals, 1, MOST_DEALS);
    within("rtt", roundTripMillis, 0, LONGEST_ROUND_TRIP);
    within("rate", rate, model.isOpen() ? 1 : 0, model.isOpen() ? HIGHEST_RATE : 0);
    within("instances", instances, 1, MOST_INSTANCES);
    if (stock != 0 && stock != SOLD_OUT) {
      Units.check("stock", stock);
    }
  }

  /** One hot deal that never sells out, without added delay, in one instance. */
  public static LoadProfile closed(LoadModel model, int callers) {
    return new LoadProfile(model, callers, 1, 0, 0, 0, 1);
  }

  public LoadProfile withModel(LoadModel other) {
    return new LoadProfile(
        other, callers, deals, roundTripMillis, other.isOpen() ? rate : 0, stock, instances);
  }

  public LoadProfile withCallers(int other) {
    return new LoadProfile(model, other, deals, roundTripMillis, rate, stock, instances);
  }

  public LoadProfile withDeals(int other) {
    return new LoadProfile(model, callers, other, roundTripMillis, rate, stock, instances);
  }

  public LoadProfile withRoundTripMillis(double other) {
    return new LoadProfile(model, callers, deals, other, rate, stock, instances);
  }

  /** An open loop at that rate. */
  public LoadProfile withRate(double perSecond) {
    LoadModel open = model.isAsync() ? LoadModel.OPEN_ASYNC : LoadModel.OPEN;
    return new LoadProfile(open, callers, deals, roundTripMillis, perSecond, stock, instances);
  }

  public LoadProfile withStock(long units) {
    return new LoadProfile(model, callers, deals, roundTripMillis, rate, units, instances);
  }

  public LoadProfile withInstances(int other) {
    return new LoadProfile(model, callers, deals, roundTripMillis, rate, stock, other);
  }

  /** The share of one of the instances, which has at least one caller. */
  LoadProfile ofInstance(int instance) {
    int share = callers / instances + (instance < callers % instances ? 1 : 0);
    return withCallers(Math.max(1, share)).withInstances(1);
  }

  /** The same for an instance in a process of its own, where delays are added on the way. */
  LoadProfile ofProcess(int instance) {
    LoadProfile share = ofInstance(instance).withRoundTripMillis(0);
    return rate == 0 ? share : share.withRate(Math.max(1, rate / instances));
  }

  /** Whether refusals are what is measured. */
  public boolean isSoldOut() {
    return stock == SOLD_OUT;
  }

  /** Whether no order finds the deal sold out. */
  public boolean neverSellsOut() {
    return stock == 0;
  }

  private static void within(String what, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          what + " " + plain(value) + " is not within " + plain(min) + " and " + plain(max));
    }
  }

  static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
