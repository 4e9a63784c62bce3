package io.hotdeal.oracle;

import io.hotdeal.ClaimResult;
import io.hotdeal.Refusal;

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
  public ClaimResult refused(Refusal refusal) {
    return refusal;
  }
}
