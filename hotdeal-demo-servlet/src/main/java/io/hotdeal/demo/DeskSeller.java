package io.hotdeal.demo;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sells through hotdeal: no thread waits, neither for the stores nor for the payment. Its resolver
 * finishes what a crash or an outage left.
 */
final class DeskSeller implements Seller {

  private final HotDeal desk;
  private final SimulatedPayments payments;
  private final Sweeps sweeps;

  DeskSeller(HotDeal desk, SimulatedPayments payments) {
    this.desk = desk;
    this.payments = payments;
    sweeps = new Sweeps(desk.resolver());
  }

  @Override
  public void open(Deal deal) {
    desk.open(deal);
    sweeps.add(deal.id());
  }

  @Override
  public CompletableFuture<OrderResult> sell(Order order) {
    return desk.orderAsync(order);
  }

  @Override
  public void close(String dealId) {
    desk.closeDeal(dealId);
  }

  @Override
  public void purge(String dealId) {
    desk.purge(dealId);
    sweeps.remove(dealId);
    payments.forget(dealId);
  }

  @Override
  public Optional<Duration> sweepAge() {
    return sweeps.age();
  }
}
