package io.hotdeal.jmh.strategy;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One way to sell, over stores that are there: hotdeal's, a baseline, or another library's.
 *
 * <p>Made by a {@link StrategyFactory}, used by many threads at once, closed once.
 */
public interface Strategy extends AutoCloseable {

  /** What a buyer is told. A failure is an exception. */
  enum Answer {
    SOLD,
    SOLD_OUT
  }

  /** Puts deals on sale. Each has an id that these stores never saw. */
  void open(List<Deal> deals);

  /** Sells one order, and blocks until its answer is as durable as this strategy makes it. */
  Answer sell(Order order);

  /**
   * The same, without a thread that waits.
   *
   * @throws UnsupportedOperationException where the strategy only blocks
   */
  default CompletionStage<Answer> sellAsync(Order order) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " only blocks");
  }

  /** What the stores hold as sold of a deal, in units, read from them after the sale. */
  long sold(String dealId);

  /** Ends its own threads, clients and pools, not the stores. */
  @Override
  void close();
}
