package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal;
import io.hotdeal.ReserveResult;
import io.hotdeal.oracle.RowLockOrderLog;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import java.util.List;
import javax.sql.DataSource;

/** The row lock as hotdeal ships it to be compared with: the tutorial's flow, with all checks. */
final class RowLock implements Strategy {

  private final OrderLog log;

  RowLock(DataSource dataSource) {
    log = RowLockOrderLog.selectForUpdate(dataSource, order -> {});
  }

  @Override
  public void open(List<Deal> deals) {
    deals.forEach(log::open);
  }

  @Override
  public Answer sell(Order order) {
    ReserveResult result = log.reserve(List.of(order), OrderState.PAID).get(0);
    if (result instanceof ReserveResult.Reserved || result instanceof ReserveResult.Already) {
      return Answer.SOLD;
    } else if (result instanceof Refusal.SoldOut) {
      return Answer.SOLD_OUT;
    }
    throw new IllegalStateException("neither sold nor sold out: " + result);
  }

  @Override
  public long sold(String dealId) {
    return log.tally(dealId).orElseThrow().paid().units();
  }

  /** The pool is closed with the run that gave it. */
  @Override
  public void close() {}
}
