package io.hotdeal.model.hold;

/** A mistake that is built into the model on purpose, and that the exploration has to find. */
enum HoldShortcut {
  NONE,
  /** A late payment is refunded without a final state: reported again, it buys the order. */
  REFUND_WITHOUT_CANCEL,
  /** The resolver ends holds without asking the gateway. */
  EXPIRE_WITHOUT_VOID,
  /** The resolver ends holds before their deadline. */
  EXPIRE_EARLY,
  /** A cancel does not void the payment. */
  CANCEL_WITHOUT_VOID,
  /** A payment of an order that is PAID counts as the one that bought it. */
  ANY_PAYMENT_BOUGHT_IT,
  /** A late payment buys the order without taking its units again. */
  LATE_WITHOUT_UNITS,
  /** A second payment is answered by refunding the order, so the first payment. */
  REFUND_THE_ORDER,
  /** A hold that the gateway says is paid expires nevertheless. */
  EXPIRE_CHARGED,
  /** A sold order is refunded before its row says that it is given back. */
  REFUND_BEFORE_RETURN,
  /** A return is complete at once, and a crash leaves its payment where it is. */
  RETURN_WITHOUT_REFUND,
  /** Giving back what was given back gives its unit back again. */
  RETURN_TWICE,
  /** A report of the payment of a returned order sells it again. */
  RETURNED_IS_SOLD_AGAIN
}
