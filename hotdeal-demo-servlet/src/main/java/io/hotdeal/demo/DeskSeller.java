package io.hotdeal.demo;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import java.util.concurrent.CompletableFuture;

/** Sells through hotdeal: no thread waits, neither for the stores nor for the payment. */
record DeskSeller(HotDeal desk, SimulatedPayments payments) implements Seller {

  @Override
  public void open(Deal deal) {
    desk.open(deal);
  }

  @Override
  public CompletableFuture<OrderResult> sell(Order order) {
    return desk.orderAsync(order);
  }

  @Override
  public void close(String dealId) {
    desk.closeDeal(dealId);
    payments.forget(dealId);
  }
}
