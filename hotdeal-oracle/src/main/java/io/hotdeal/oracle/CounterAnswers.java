package io.hotdeal.oracle;

import io.hotdeal.ClaimResult;

/** The words of the counter: an id that is there, held or settled, has claimed. */
enum CounterAnswers implements Answers<ClaimResult> {
  INSTANCE;

  @Override
  public ClaimResult taken(long left) {
    return new ClaimResult.Claimed(left, false);
  }

  @Override
  public ClaimResult known(String status, long left) {
    return new ClaimResult.Claimed(left, true);
  }

  @Override
  public ClaimResult conflict() {
    return new ClaimResult.Conflict();
  }

  @Override
  public ClaimResult soldOut(long left) {
    return new ClaimResult.SoldOut(left);
  }

  @Override
  public ClaimResult limitReached(long limit) {
    return new ClaimResult.LimitReached(limit);
  }

  @Override
  public ClaimResult notYetOpen() {
    return new ClaimResult.NotYetOpen();
  }

  @Override
  public ClaimResult closed() {
    return new ClaimResult.Closed();
  }

  @Override
  public ClaimResult unknownDeal() {
    return new ClaimResult.UnknownDeal();
  }
}
