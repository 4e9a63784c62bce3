package io.hotdeal.spi;

import io.hotdeal.Ids;
import io.hotdeal.OrderKey;

/**
 * The return of a sold order.
 *
 * @param dealId the deal's id, see {@link Ids}
 * @param id the order's id
 * @param toStock whether its units are on sale again; otherwise they are written off
 * @param refundDue whether the buyer has to be refunded before the return is complete
 */
public record OrderReturn(String dealId, String id, boolean toStock, boolean refundDue)
    implements OrderKey {

  public OrderReturn {
    Ids.check("deal id", dealId);
    Ids.check("order id", id);
  }

  /** The same return, with or without a refund. */
  public OrderReturn withRefundDue(boolean due) {
    return new OrderReturn(dealId, id, toStock, due);
  }
}
