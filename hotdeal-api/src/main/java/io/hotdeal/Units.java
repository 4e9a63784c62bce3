package io.hotdeal;

/** The rule for quantities: whole units from 1 to 1,000,000,000, exact in every store. */
public final class Units {

  /** The largest quantity of a deal or an order; Lua numbers (doubles) represent it exactly. */
  public static final long MAX = 1_000_000_000L;

  private Units() {}

  /**
   * Returns {@code units} if it is within 1 and {@link #MAX}.
   *
   * @param what the name of the value for the message, such as {@code "quantity"}
   * @throws IllegalArgumentException naming the value and the limits
   */
  public static long check(String what, long units) {
    if (units < 1 || units > MAX) {
      throw new IllegalArgumentException(what + " " + units + " is not within 1 and " + MAX);
    }
    return units;
  }
}
