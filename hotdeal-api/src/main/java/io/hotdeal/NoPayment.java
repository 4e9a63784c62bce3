package io.hotdeal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Nothing is due: every charge is made at once and there is nothing to give back. */
enum NoPayment implements PaymentGateway {
  INSTANCE;

  @Override
  public CompletionStage<ChargeResult> charge(Order order) {
    return CompletableFuture.completedFuture(new ChargeResult.Charged());
  }

  @Override
  public CompletionStage<ChargeResult> statusOrVoid(Order order) {
    return charge(order);
  }

  @Override
  public CompletionStage<?> refund(Order order) {
    return CompletableFuture.completedFuture(null);
  }
}
