package io.hotdeal.spi;

import io.hotdeal.Ids;
import io.hotdeal.OrderKey;
import org.jspecify.annotations.Nullable;

/**
 * The news that a held order is paid.
 *
 * @param id the order id
 * @param paymentId identifies the payment, see {@link Ids}; null if nobody knows it, as where the
 *     gateway only said that the order is charged
 */
public record HoldPayment(String dealId, String id, @Nullable String paymentId)
    implements OrderKey {

  public HoldPayment {
    Ids.check("deal id", dealId);
    Ids.check("order id", id);
    if (paymentId != null) {
      Ids.check("payment id", paymentId);
    }
  }
}
