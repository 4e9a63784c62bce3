package io.hotdeal.faults;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.ReserveResult;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A log that is another one, but for what a subclass changes. */
class ForwardingLog implements OrderLog {

  private final OrderLog whole;

  ForwardingLog(OrderLog whole) {
    this.whole = whole;
  }

  @Override
  public void open(Deal deal) {
    whole.open(deal);
  }

  @Override
  public List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    return whole.reserve(orders, as);
  }

  @Override
  public List<OrderState> confirm(List<Order> orders) {
    return whole.confirm(orders);
  }

  @Override
  public List<OrderState> cancel(List<Order> orders) {
    return whole.cancel(orders);
  }

  @Override
  public List<Optional<OrderRecord>> find(String dealId, List<String> orderIds) {
    return whole.find(dealId, orderIds);
  }

  @Override
  public List<OrderRecord> unresolved(String dealId, Duration olderThan, int limit) {
    return whole.unresolved(dealId, olderThan, limit);
  }

  @Override
  public List<OrderRecord> paid(String dealId, String afterOrderId, int limit) {
    return whole.paid(dealId, afterOrderId, limit);
  }

  @Override
  public void restock(String dealId, long units, String operationId) {
    whole.restock(dealId, units, operationId);
  }

  @Override
  public Optional<Tally> tally(String dealId) {
    return whole.tally(dealId);
  }

  @Override
  public void close(String dealId) {
    whole.close(dealId);
  }

  @Override
  public long purge(String dealId) {
    return whole.purge(dealId);
  }
}
