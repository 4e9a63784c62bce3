package io.hotdeal.faults;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.Order;
import io.hotdeal.OrderQuery;
import io.hotdeal.ReserveResult;
import io.hotdeal.spi.DealBalance;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.Housekeeping;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Outbox;
import io.hotdeal.spi.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Delegates to another log, except for what a subclass overrides. */
class ForwardingLog implements OrderLog {

  private final OrderLog delegate;

  ForwardingLog(OrderLog delegate) {
    this.delegate = delegate;
  }

  @Override
  public boolean combinesDeals() {
    return delegate.combinesDeals();
  }

  @Override
  public void open(Deal deal) {
    delegate.open(deal);
  }

  @Override
  public List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    return delegate.reserve(orders, as);
  }

  @Override
  public List<OrderState> confirm(List<Order> orders) {
    return delegate.confirm(orders);
  }

  @Override
  public List<OrderState> cancel(List<Order> orders) {
    return delegate.cancel(orders);
  }

  @Override
  public List<Optional<OrderSnapshot>> confirmHeld(List<HoldPayment> payments) {
    return delegate.confirmHeld(payments);
  }

  @Override
  public List<Optional<OrderSnapshot>> extend(List<HoldExtension> extensions) {
    return delegate.extend(extensions);
  }

  @Override
  public List<OrderState> endHolds(List<Order> orders, OrderState as) {
    return delegate.endHolds(orders, as);
  }

  @Override
  public List<OrderRecord> overdueHolds(String dealId, int limit) {
    return delegate.overdueHolds(dealId, limit);
  }

  @Override
  public List<Optional<OrderRecord>> find(String dealId, List<String> orderIds) {
    return delegate.find(dealId, orderIds);
  }

  @Override
  public List<OrderRecord> orders(OrderQuery query) {
    return delegate.orders(query);
  }

  @Override
  public List<OrderRecord> unresolved(String dealId, Duration olderThan, int limit) {
    return delegate.unresolved(dealId, olderThan, limit);
  }

  @Override
  public List<OrderRecord> paid(String dealId, String afterOrderId, int limit) {
    return delegate.paid(dealId, afterOrderId, limit);
  }

  @Override
  public void restock(String dealId, long units, String operationId) {
    delegate.restock(dealId, units, operationId);
  }

  @Override
  public Optional<Tally> tally(String dealId) {
    return delegate.tally(dealId);
  }

  @Override
  public Optional<DealBalance> balance(String dealId) {
    return delegate.balance(dealId);
  }

  @Override
  public List<Optional<OrderSnapshot>> giveBack(List<OrderReturn> returns) {
    return delegate.giveBack(returns);
  }

  @Override
  public List<OrderState> finishReturns(List<Order> orders) {
    return delegate.finishReturns(orders);
  }

  @Override
  public List<OrderRecord> returning(String dealId, int limit) {
    return delegate.returning(dealId, limit);
  }

  @Override
  public DealTerms change(String dealId, DealChange change) {
    return delegate.change(dealId, change);
  }

  @Override
  public Outbox outbox() {
    return delegate.outbox();
  }

  @Override
  public Housekeeping housekeeping() {
    return delegate.housekeeping();
  }

  @Override
  public long purge(String dealId) {
    return delegate.purge(dealId);
  }
}
