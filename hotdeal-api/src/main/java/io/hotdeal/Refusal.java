package io.hotdeal;

/**
 * The reason why no units were taken: the same types for the counter, the log and {@link HotDeal}.
 *
 * <p>A refusal is a value, not an exception. Except for {@link Conflict} it describes the current
 * state and is not stored: the same order may be sent again.
 */
public sealed interface Refusal extends ClaimResult, ReserveResult, OrderResult {

  /**
   * Fewer units are left than the order asks for.
   *
   * @param remaining the units left, 0 if none
   */
  record SoldOut(long remaining) implements Refusal {}

  /**
   * The order would exceed the deal's limit per buyer.
   *
   * @param limit the most units per buyer
   */
  record LimitReached(long limit) implements Refusal {}

  /** The deal has not opened yet, by the store's clock. */
  record NotYetOpen() implements Refusal {}

  /** The deal has ended: its closing time has passed, by the store's clock, or it was closed. */
  record Closed() implements Refusal {}

  /** The deal takes no new orders until it is resumed, see {@link HotDeal#change}. */
  record Paused() implements Refusal {}

  /** The store has no such deal. A counter may have lost it, so this does not mean sold out. */
  record UnknownDeal() implements Refusal {}

  /**
   * The log has no order of this id. An order that is purged, and one that is still under way, are
   * unknown too.
   */
  record UnknownOrder() implements Refusal {}

  /**
   * The id belongs to an order with another buyer or quantity, or to one that was never held where
   * a held one is meant.
   */
  record Conflict() implements Refusal {}
}
