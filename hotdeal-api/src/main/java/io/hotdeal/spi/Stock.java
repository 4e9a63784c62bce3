package io.hotdeal.spi;

/**
 * What the counter holds of a deal, in one consistent snapshot.
 *
 * @param remaining units that can still be claimed
 * @param claimed units held by claims that are neither settled nor released
 * @param settled units of settled claims
 * @param version changes with every claim, release, restore and close; at least 1
 * @param closed whether the deal was closed by hand
 */
public record Stock(long remaining, long claimed, long settled, long version, boolean closed) {

  /** The version of a deal that the counter does not know, see {@link StockCounter#restore}. */
  public static final long ABSENT = 0;
}
