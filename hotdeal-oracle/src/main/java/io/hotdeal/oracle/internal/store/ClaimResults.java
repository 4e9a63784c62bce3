package io.hotdeal.oracle.internal.store;

import io.hotdeal.ClaimResult;
import io.hotdeal.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The results of a stock counter; an id that is held, settled or noted counts as claimed. */
enum ClaimResults implements ResultFactory<ClaimResult> {
  INSTANCE;

  @Override
  public ClaimResult taken(NewRow row, long left) {
    return new ClaimResult.Claimed(left, false);
  }

  @Override
  public ClaimResult known(String status, @Nullable Instant until, long left) {
    return new ClaimResult.Claimed(left, true);
  }

  @Override
  public ClaimResult refused(Refusal refusal) {
    return refusal;
  }
}
