package io.hotdeal.internal.client;

import io.hotdeal.Order;
import io.hotdeal.Reconciliation;
import io.hotdeal.Refusal;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.Tally;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The counter client of a HotDeal without a counter: every order goes to the log. */
public enum NoCounterClient implements CounterClient {
  INSTANCE;

  private static final CompletableFuture<Pass> OPEN =
      CompletableFuture.completedFuture(Pass.WITHOUT_CLAIM);
  private static final CompletableFuture<Boolean> DONE = CompletableFuture.completedFuture(true);

  @Override
  public void open(Tally fromLog) {}

  @Override
  public void change(DealTerms terms) {}

  @Override
  public void purge(DealTerms closed) {}

  @Override
  public CompletableFuture<Pass> claim(Order order) {
    return OPEN;
  }

  @Override
  public CompletableFuture<Boolean> postpone(Order order) {
    return DONE;
  }

  @Override
  public CompletableFuture<Boolean> settleNow(Order order) {
    return settle(order);
  }

  @Override
  public void flush() {}

  @Override
  public CompletableFuture<Boolean> settle(Order order) {
    return DONE;
  }

  @Override
  public CompletableFuture<Boolean> release(Order order) {
    return DONE;
  }

  @Override
  public CompletableFuture<Boolean> giveBack(Order order) {
    return DONE;
  }

  @Override
  public CompletableFuture<List<Order>> overdue(String dealId, int limit) {
    return CompletableFuture.completedFuture(List.of());
  }

  @Override
  public CompletableFuture<Boolean> hasClaims(String dealId) {
    return CompletableFuture.completedFuture(false);
  }

  @Override
  public CompletableFuture<Reconciliation> reconcile(
      String dealId, Consumer<OrderRecord> endedHolds) {
    return CompletableFuture.completedFuture(
        new Reconciliation(dealId, Reconciliation.Outcome.NO_COUNTER, 0, 0, 0));
  }

  @Override
  public void scheduleReconcile(String dealId) {}

  @Override
  public void stop() {}

  @Override
  public void correctAfter(Order order, Refusal refusal) {}
}
