package io.hotdeal.jmh.strategy;

import io.hotdeal.Order;
import io.hotdeal.jmh.strategy.Strategy.Answer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Buyers that order one unit each of one deal, some of them concurrently. */
final class CompetingBuyers {

  private static final int AT_A_TIME = 16;

  private CompetingBuyers() {}

  /** Returns how many of them were told that their order is sold. */
  static long of(Strategy strategy, String dealId, int buyers) {
    List<Callable<Answer>> orders =
        IntStream.range(0, buyers)
            .mapToObj(i -> Order.of("order-" + i, dealId, "buyer-" + i, 1).asFirstAttempt())
            .<Callable<Answer>>map(order -> () -> strategy.sell(order))
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      return sold(threads.invokeAll(orders));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an order failed", e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  private static long sold(List<Future<Answer>> answers)
      throws ExecutionException, InterruptedException {
    long sold = 0;
    for (Future<Answer> answer : answers) {
      sold += answer.get() == Answer.SOLD ? 1 : 0;
    }
    return sold;
  }
}
