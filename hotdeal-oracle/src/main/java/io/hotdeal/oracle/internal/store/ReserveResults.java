package io.hotdeal.oracle.internal.store;

import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.spi.OrderState;

/** The results of an order log; a row's status is the name of its {@link OrderState}. */
enum ReserveResults implements ResultFactory<ReserveResult> {
  INSTANCE;

  @Override
  public ReserveResult taken(long left) {
    return new ReserveResult.Reserved(left);
  }

  @Override
  public ReserveResult known(String status, long left) {
    return new ReserveResult.Already(OrderState.valueOf(status), left);
  }

  @Override
  public ReserveResult refused(Refusal refusal) {
    return refusal;
  }
}
