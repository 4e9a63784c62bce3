package io.hotdeal;

/** What the counter answers to a claim. */
public sealed interface ClaimResult {

  /**
   * The units are held for this order id.
   *
   * @param remaining units left behind it; for a replay, units left now
   * @param replayed whether an earlier claim of the same id had taken them already
   */
  record Claimed(long remaining, boolean replayed) implements ClaimResult {}

  /**
   * Fewer units are left than the order wants; nothing was taken.
   *
   * @param remaining what is left: 0 when nothing is
   */
  record SoldOut(long remaining) implements ClaimResult {}

  /** The order would take its buyer past the deal's limit of {@code limit} units. */
  record LimitReached(long limit) implements ClaimResult {}

  /** The deal does not sell yet, by the store's clock. */
  record NotYetOpen() implements ClaimResult {}

  /** The deal no longer sells: its time is over by the store's clock, or it was closed. */
  record Closed() implements ClaimResult {}

  /** The counter has no such deal. It may have forgotten it: ask the log. Never read as zero. */
  record UnknownDeal() implements ClaimResult {}

  /** The id was used with another buyer or quantity. */
  record Conflict() implements ClaimResult {}
}
