package io.hotdeal.faults;

import java.util.Locale;

/** A payment of a held order; an order has at most one of each way. */
record Payment(Way way, String dealId, String orderId) {

  /** How the buyer pays. */
  enum Way {
    /** On the bank's payment page, which can be ended: then it takes no payment any more. */
    PAGE,
    /** By a transfer, which nobody can prevent. */
    TRANSFER
  }

  String id() {
    return way.name().toLowerCase(Locale.ROOT) + "-" + dealId + "-" + orderId;
  }
}
