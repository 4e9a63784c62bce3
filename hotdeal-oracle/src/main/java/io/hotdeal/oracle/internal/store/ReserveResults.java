package io.hotdeal.oracle.internal.store;

import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.spi.OrderState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The results of an order log; a row's status is the name of its {@link OrderState}. */
enum ReserveResults implements ResultFactory<ReserveResult> {
  INSTANCE;

  @Override
  public ReserveResult taken(NewRow row, long left) {
    Instant until = row.expires();
    return until == null ? new ReserveResult.Reserved(left) : new ReserveResult.Held(until, left);
  }

  @Override
  public ReserveResult known(String status, @Nullable Instant until, long left) {
    return new ReserveResult.Already(OrderState.valueOf(status), until, left);
  }

  @Override
  public ReserveResult refused(Refusal refusal) {
    return refusal;
  }
}
