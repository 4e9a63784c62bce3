package io.hotdeal.oracle;

import io.hotdeal.spi.OrderState;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;

/** The words of the order log; a row's status is the name of its {@link OrderState}. */
enum LogAnswers implements Answers<ReserveResult> {
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
