package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One way to sell over stores that are started: hotdeal's, a baseline, or another library's.
 *
 * <p>Created by a {@link StrategyFactory}; thread-safe; closed once.
 */
public interface Strategy extends AutoCloseable {

  /** The answer to an order. A failure is an exception. */
  enum Answer {
    SOLD,
    SOLD_OUT
  }

  /** Opens deals, each under an id that these stores never had. */
  void open(List<Deal> deals);

  /** Sells one order; blocks until the sale is as durable as this strategy makes it. */
  Answer sell(Order order);

  /**
   * Sells one order without a waiting thread.
   *
   * @throws UnsupportedOperationException if the strategy only blocks
   */
  default CompletionStage<Answer> sellAsync(Order order) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " only blocks");
  }

  /**
   * Sells several orders of one deal; blocks. Unless the strategy has a call for a batch, all are
   * sent before the first answer is awaited.
   *
   * @return the answers, in the order of the orders
   * @throws UnsupportedOperationException if the strategy only blocks
   */
  default List<Answer> sellAll(List<Order> orders) {
    List<CompletionStage<Answer>> sent = orders.stream().map(this::sellAsync).toList();
    return sent.stream().map(answer -> answer.toCompletableFuture().join()).toList();
  }

  /** The units of a deal that the stores hold as sold, read from them. */
  long sold(String dealId);

  /** Ends the strategy's own threads, clients and pools, not the stores. */
  @Override
  void close();
}
