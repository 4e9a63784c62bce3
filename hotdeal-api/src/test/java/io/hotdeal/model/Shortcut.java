package io.hotdeal.model;

/**
 * A mistake that looks harmless, built into the model so that the checker can show what it breaks.
 *
 * <p>If the rest of the protocol corrects the result in the end, the comment says what is wrong
 * until then; {@link Models#of} picks a model in which that shows.
 */
enum Shortcut {
  /** The protocol as it is. */
  NONE,

  /**
   * Charges before it reserves. A crash in between leaves a charge without an order, and if the
   * counter has no claim of it either (bypassed, failed over), nothing ever finds it.
   */
  CHARGE_BEFORE_RESERVE,

  /**
   * Returns Declined when the gateway does not answer, and leaves the row RESERVED. The charge had
   * arrived, so the resolver confirms the order: declined and sold. (To leave the row after a real
   * decline is corrected: the gateway's decision is final, and the resolver cancels.)
   */
  REFUSE_WITHOUT_CANCEL,

  /**
   * The counter deletes the id when the order is settled. A late duplicate of its claim takes a
   * second unit, which is never released: settling it keeps the unit. The next reconciliation
   * corrects that; until then buyers are refused although a unit is left.
   */
  FORGET_SETTLED,

  /**
   * An attempt that does not know whether its reservation arrived looks for the row, finds none and
   * returns Declined, instead of writing a tombstone. Resolvers do the same. The reservation, or
   * the next attempt of that id, arrives later and is sold.
   */
  SELECT_INSTEAD_OF_CANCEL,

  /**
   * Restores a wiped counter with the deal's quantity, not with the units left in the log. It
   * grants claims for sold units until the next reconciliation; the log refuses their orders.
   */
  SEED_FROM_CONSTANT,

  /**
   * The log trusts the counter and takes units without checking whether any are left. A failover
   * that loses a claim oversells.
   */
  NO_QUANTITY_CHECK,

  /**
   * Releases the claim before the log has cancelled the order: the resolver releases a claim whose
   * order is about to be sold. The counter then offers a sold unit until the next reconciliation;
   * the log refuses orders for it.
   */
  RELEASE_BEFORE_CANCEL,

  /**
   * Deletes CANCELLED rows while the deal still sells. A late duplicate of a cancelled order finds
   * no tombstone and is sold. Shown with no payment due: with one, the voided key at the gateway
   * has the effect of the tombstone, as long as no charge was refunded.
   */
  PURGE_WHILE_OPEN,

  /**
   * A mistake that HotDeal really made until this model showed it. An attempt whose row the log
   * rejected cancels the order without ending its charge first. Where another attempt of the same
   * id was not rejected and is charged meanwhile, its row is CANCELLED, which no resolver looks at,
   * and the claim is released. The model has the charge ended first, and cancels only what is not
   * charged.
   */
  CANCEL_REJECTED_UNVOIDED,

  /**
   * Where the log refuses PAID for a charged order, attempts and resolvers cancel its row before
   * they refund it. A crash in between leaves a CANCELLED row, and if the counter has no claim of
   * it either (bypassed, failed over), nothing ever finds the charge.
   */
  CANCEL_BEFORE_REFUND
}
