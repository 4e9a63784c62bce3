package io.hotdeal.model;

/**
 * A mistake that looks harmless, built into the model so that the checker can show what it breaks.
 *
 * <p>Where the rest of the protocol makes up for it in the end, the sentence says what is broken
 * until then; {@link Models#of} picks the model in which that shows.
 */
enum Shortcut {
  /** The protocol as it is. */
  NONE,

  /**
   * Takes the money first and reserves then. A crash in between leaves money without an order, and
   * once the counter has no claim of it either (passed by, failed over), nobody ever finds it.
   */
  CHARGE_BEFORE_RESERVE,

  /**
   * Tells the buyer Declined when the payment does not answer, and leaves the row as it is. The
   * charge had arrived, so the resolver makes it a sale: refused and sold. (To leave the row after
   * the gateway really declined is made up for: its verdict is for ever, the resolver cancels.)
   */
  REFUSE_WITHOUT_CANCEL,

  /**
   * The counter forgets the id when the order is settled. A late duplicate of its claim takes a
   * second unit, which nobody gives back: settling it keeps the unit. The next reconcile makes up
   * for it; until then buyers are turned away from a unit that is there.
   */
  FORGET_SETTLED,

  /**
   * An attempt that does not know whether its reservation arrived looks for the row, finds none and
   * refuses, instead of making sure by a tombstone. Resolvers do the same. The reservation, or the
   * next attempt of that id, comes later and sells.
   */
  SELECT_INSTEAD_OF_CANCEL,

  /**
   * Sets the counter up with the deal's quantity, after it was wiped, and not with what the log has
   * left. It lets in buyers for units that are sold until the next reconcile; the log refuses them.
   */
  SEED_FROM_CONSTANT,

  /**
   * The log trusts the gate and takes units without looking whether any are left. A failover that
   * forgets a claim oversells.
   */
  NO_QUANTITY_CHECK,

  /**
   * Gives the unit back to the counter before the log said CANCELLED: the resolver frees a claim
   * whose order is still on its way to be sold. The counter then offers a unit that is sold until
   * the next reconcile; the log refuses whoever comes for it.
   */
  RELEASE_BEFORE_CANCEL,

  /**
   * Deletes CANCELLED rows while the deal still sells. A late duplicate of a cancelled order finds
   * no tombstone and sells. Shown where no payment is due: where one is, the gateway's voided key
   * happens to stand in for the tombstone, as long as no charge was ever refunded.
   */
  PURGE_WHILE_OPEN,

  /**
   * Not of the eight: what the desk did until this model showed it. An attempt whose row the log
   * rejected cancels the order without ending its charge first. Where another attempt of the same
   * id was not rejected and is charged meanwhile, its row is CANCELLED, which no resolver looks at,
   * and the claim is released. The model has the charge ended first, and cancels only what is not
   * charged.
   */
  CANCEL_REJECTED_UNVOIDED
}
