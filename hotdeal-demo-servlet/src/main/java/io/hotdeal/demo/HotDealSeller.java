package io.hotdeal.demo;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A seller that uses hotdeal: no thread waits, neither for the stores nor for the payment. A
 * resolver finishes orders that a crash or an outage interrupted.
 */
final class HotDealSeller implements Seller {

  private final HotDeal hotDeal;
  private final SimulatedPayments payments;
  private final Sweeps sweeps;

  HotDealSeller(HotDeal hotDeal, SimulatedPayments payments) {
    this.hotDeal = hotDeal;
    this.payments = payments;
    sweeps = new Sweeps(hotDeal.resolver());
  }

  @Override
  public void open(Deal deal) {
    hotDeal.open(deal);
    sweeps.add(deal.id());
  }

  @Override
  public CompletableFuture<OrderResult> sell(Order order) {
    return hotDeal.orderAsync(order);
  }

  @Override
  public void close(String dealId) {
    hotDeal.closeDeal(dealId);
  }

  @Override
  public void purge(String dealId) {
    hotDeal.purge(dealId);
    sweeps.remove(dealId);
    payments.forget(dealId);
  }

  @Override
  public Optional<Duration> sweepAge() {
    return sweeps.age();
  }
}
