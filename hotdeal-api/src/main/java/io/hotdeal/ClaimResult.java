package io.hotdeal;

/** What the counter answers to a claim. */
public sealed interface ClaimResult permits ClaimResult.Claimed, Refusal {

  /**
   * The units are held for this order id.
   *
   * @param remaining units left behind it; for a replay, units left now
   * @param replayed whether an earlier claim of the same id had taken them already
   */
  record Claimed(long remaining, boolean replayed) implements ClaimResult {}
}
