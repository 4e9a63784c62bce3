package io.hotdeal.oracle;

import io.hotdeal.OrderState;
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
  public ReserveResult conflict() {
    return new ReserveResult.Conflict();
  }

  @Override
  public ReserveResult soldOut(long left) {
    return new ReserveResult.SoldOut(left);
  }

  @Override
  public ReserveResult limitReached(long limit) {
    return new ReserveResult.LimitReached(limit);
  }

  @Override
  public ReserveResult notYetOpen() {
    return new ReserveResult.NotYetOpen();
  }

  @Override
  public ReserveResult closed() {
    return new ReserveResult.Closed();
  }

  @Override
  public ReserveResult unknownDeal() {
    return new ReserveResult.UnknownDeal();
  }
}
