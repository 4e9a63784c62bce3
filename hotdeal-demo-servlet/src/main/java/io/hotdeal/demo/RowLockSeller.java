package io.hotdeal.demo;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A seller that works as the workshop's servlet did: the request's thread locks the row, pays and
 * commits.
 *
 * @param log a log that takes the payment while it holds the lock
 */
record RowLockSeller(OrderLog log) implements Seller {

  @Override
  public void open(Deal deal) {
    log.open(deal);
  }

  @Override
  public CompletableFuture<OrderResult> sell(Order order) {
    ReserveResult result = log.reserve(List.of(order), OrderState.PAID).get(0);
    return CompletableFuture.completedFuture(resultOf(order, result));
  }

  @Override
  public void close(String dealId) {
    log.close(dealId);
  }

  @Override
  public void purge(String dealId) {
    log.purge(dealId);
  }

  /** Empty: a crash rolls its transaction back, so there is nothing to sweep. */
  @Override
  public Optional<Duration> sweepAge() {
    return Optional.empty();
  }

  private static OrderResult resultOf(Order order, ReserveResult result) {
    if (result instanceof ReserveResult.Reserved reserved) {
      return new OrderResult.Placed(order, reserved.remaining(), false);
    } else if (result instanceof ReserveResult.Already already) {
      return already.state() == OrderState.PAID
          ? new OrderResult.Placed(order, already.remaining(), true)
          : new OrderResult.Declined("cancelled");
    } else if (result instanceof Refusal refusal) {
      return refusal;
    }
    throw ((ReserveResult.Rejected) result).cause();
  }
}
