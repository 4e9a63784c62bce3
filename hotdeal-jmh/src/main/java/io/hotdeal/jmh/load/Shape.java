package io.hotdeal.jmh.load;

import io.hotdeal.Units;

/**
 * The load that a strategy gets.
 *
 * @param callers who wait for an answer at a time, 1 to {@link #MOST_CALLERS}; in an open loop the
 *     threads
 * @param deals how many deals the orders spread over, 1 to {@link #MOST_DEALS}; 1 is a hot block
 * @param roundTripMillis what is added to each round trip to a store
 * @param rate orders a second, in an open loop only, else 0
 * @param stock units of each deal; 0 if it never sells out, {@link #SOLD_OUT} if it has
 */
public record Shape(
    Drive drive, int callers, int deals, double roundTripMillis, double rate, long stock) {

  /** Every deal is sold out before the load comes. */
  public static final long SOLD_OUT = -1;

  static final int MOST_CALLERS = 10_000;
  static final int MOST_DEALS = 100_000;
  static final double LONGEST_ROUND_TRIP = 1_000;
  static final double HIGHEST_RATE = 10_000_000;

  public Shape {
    within("callers", callers, 1, MOST_CALLERS);
    within("deals", deals, 1, MOST_DEALS);
    within("rtt", roundTripMillis, 0, LONGEST_ROUND_TRIP);
    within("rate", rate, drive.isOpen() ? 1 : 0, drive.isOpen() ? HIGHEST_RATE : 0);
    if (stock != 0 && stock != SOLD_OUT) {
      Units.check("stock", stock);
    }
  }

  /** One hot deal that never sells out, at no distance. */
  public static Shape closed(Drive drive, int callers) {
    return new Shape(drive, callers, 1, 0, 0, 0);
  }

  public Shape withDrive(Drive other) {
    return new Shape(other, callers, deals, roundTripMillis, other.isOpen() ? rate : 0, stock);
  }

  public Shape withCallers(int other) {
    return new Shape(drive, other, deals, roundTripMillis, rate, stock);
  }

  public Shape withDeals(int other) {
    return new Shape(drive, callers, other, roundTripMillis, rate, stock);
  }

  public Shape withRoundTripMillis(double other) {
    return new Shape(drive, callers, deals, other, rate, stock);
  }

  /** An open loop at that rate. */
  public Shape withRate(double perSecond) {
    Drive open = drive.isAsync() ? Drive.OPEN_ASYNC : Drive.OPEN;
    return new Shape(open, callers, deals, roundTripMillis, perSecond, stock);
  }

  public Shape withStock(long units) {
    return new Shape(drive, callers, deals, roundTripMillis, rate, units);
  }

  /** Whether all of it is refused, and refusals are what is measured. */
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
