package io.hotdeal;

/**
 * Why nothing was taken: the same types for the counter, the log and {@link HotDeal}.
 *
 * <p>A refusal is a value. Except for {@link Conflict} it says how it stands now and is not
 * remembered: the same order may be sent again.
 */
public sealed interface Refusal extends ClaimResult, ReserveResult, OrderResult {

  /**
   * Fewer units are left than the order wants.
   *
   * @param remaining what is left: 0 when nothing is
   */
  record SoldOut(long remaining) implements Refusal {}

  /** The order would take its buyer past the deal's limit of {@code limit} units. */
  record LimitReached(long limit) implements Refusal {}

  /** The deal does not sell yet, by the store's clock. */
  record NotYetOpen() implements Refusal {}

  /** The deal no longer sells: its time is over by the store's clock, or it was closed. */
  record Closed() implements Refusal {}

  /** The store has no such deal. A counter may have forgotten it: never read as nothing left. */
  record UnknownDeal() implements Refusal {}

  /** The id belongs to an order with another buyer or quantity, for ever. */
  record Conflict() implements Refusal {}
}
