package io.hotdeal.jmh.cost;

import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Callers who each always have one order under way, until every one of them had so many.
 *
 * <p>Nothing is answered before all of them are there: a crowd whose first callers are served
 * before the others came would be another crowd on every machine.
 */
final class ClosedLoop {

  private static final int PATIENCE_SECONDS = 120;

  private final int callers;
  private final int ordersEach;
  private final CountDownLatch allThere;

  ClosedLoop(int callers, int ordersEach) {
    this.callers = callers;
    this.ordersEach = ordersEach;
    this.allThere = new CountDownLatch(callers);
  }

  int orders() {
    return callers * ordersEach;
  }

  /** For the stores to call before they answer. */
  void awaitAll() {
    try {
      if (!allThere.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(allThere.getCount() + " callers never came");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Every caller brings the next order when it hears of the last; no thread waits. */
  void sellAsync(HotDeal hotDeal, String dealId) throws Exception {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      ends.add(end);
      sellNext(hotDeal, dealId, "caller-" + i, ordersEach, end);
      allThere.countDown();
    }
    CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static void sellNext(
      HotDeal hotDeal, String dealId, String caller, int left, CompletableFuture<Void> end) {
    if (left == 0) {
      end.complete(null);
      return;
    }
    var unused =
        hotDeal
            .orderAsync(order(dealId, caller, left))
            .thenAccept(
                result -> {
                  requireSold(result);
                  sellNext(hotDeal, dealId, caller, left - 1, end);
                })
            .exceptionally(
                broken -> {
                  end.completeExceptionally(broken);
                  return null;
                });
  }

  /** Every caller is a thread that waits. */
  void sellBlocking(HotDeal hotDeal, String dealId) throws Exception {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      String caller = "caller-" + i;
      CompletableFuture<Void> end = new CompletableFuture<>();
      ends.add(end);
      Thread thread = new Thread(() -> sellAll(hotDeal, dealId, caller, end), caller);
      thread.setDaemon(true);
      thread.start();
    }
    CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void sellAll(HotDeal hotDeal, String dealId, String caller, CompletableFuture<Void> end) {
    try {
      allThere.countDown();
      for (int left = ordersEach; left > 0; left--) {
        requireSold(hotDeal.order(order(dealId, caller, left)));
      }
      end.complete(null);
    } catch (RuntimeException | Error e) {
      end.completeExceptionally(e);
    }
  }

  private static Order order(String dealId, String caller, int number) {
    return Order.of(caller + "-" + number, dealId, caller, 1).asFirstAttempt();
  }

  private static void requireSold(OrderResult result) {
    if (!(result instanceof OrderResult.Placed placed) || placed.replayed()) {
      throw new IllegalStateException("not sold: " + result);
    }
  }
}
