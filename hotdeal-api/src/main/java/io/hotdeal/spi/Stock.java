package io.hotdeal.spi;

import io.hotdeal.DealState;

/**
 * What the counter holds of a deal, in one consistent snapshot.
 *
 * <p>The version is what {@link StockCounter#restore} compares. The versions of a deal never
 * repeat, not even after the store lost its data and the deal was created again: otherwise a
 * reconciler that read the lost deal could overwrite the new one. So a store that may lose its data
 * must not count versions up from one. The in-memory counter and the Redis counter take their clock
 * in microseconds, or the last version plus one where that is more. Versions are only compared for
 * equality, so they need not grow: any positive number that is not used twice will do.
 *
 * @param remaining units that can still be claimed
 * @param claimed units held by claims that are neither settled nor released
 * @param settled units of settled claims
 * @param version changes with every claim that takes units, release that gives units back, restore,
 *     change of terms and close, and never repeats; always positive. A settlement need not change
 *     it, because the order has its row in the log, which is what the units are compared with
 * @param state whether the counter takes new claims of the deal
 * @param termsVersion the version of the terms that it has, see {@link DealTerms#version}
 */
public record Stock(
    long remaining, long claimed, long settled, long version, DealState state, long termsVersion) {

  /** The version of a deal that the counter does not know, see {@link StockCounter#restore}. */
  public static final long ABSENT = 0;

  /** Whether the counter takes no new claims of the deal any more. */
  public boolean closed() {
    return state == DealState.CLOSED;
  }

  /** Whether the counter has a deal's terms as they are in the log. */
  public boolean hasTerms(DealTerms terms) {
    return state == terms.state() && termsVersion == terms.version();
  }
}
