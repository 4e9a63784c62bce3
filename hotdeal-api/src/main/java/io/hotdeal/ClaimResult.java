package io.hotdeal;

/** The result of a claim at the counter. */
public sealed interface ClaimResult permits ClaimResult.Claimed, Refusal {

  /**
   * The units are held for this order id.
   *
   * @param remaining units left after this claim; for a replay, units left now
   * @param replayed whether an earlier claim of the same order had already taken the units
   */
  record Claimed(long remaining, boolean replayed) implements ClaimResult {}
}
