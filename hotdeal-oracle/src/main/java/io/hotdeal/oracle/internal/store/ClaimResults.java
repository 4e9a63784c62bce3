package io.hotdeal.oracle.internal.store;

import io.hotdeal.ClaimResult;
import io.hotdeal.Refusal;

/** The results of a stock counter; an id that is held, settled or noted counts as claimed. */
enum ClaimResults implements ResultFactory<ClaimResult> {
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
