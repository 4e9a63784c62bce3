package io.hotdeal.jmh.load;

import io.hotdeal.jmh.strategy.Strategy;
import io.hotdeal.jmh.strategy.Strategy.Answer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One asynchronous order in flight; reused for the next order after its answer. Started by its
 * caller's thread; the thread that completes the order puts it into the queue, so that an order
 * that is complete on return does not recurse.
 */
final class OrderSlot implements BiConsumer<@Nullable Answer, @Nullable Throwable> {

  private final ReadyQueue ready;
  private final Strategy strategy;
  private int deal;
  private long startedAt;
  private long endedAt;
  private @Nullable Answer answer;
  private @Nullable Throwable failure;

  OrderSlot(ReadyQueue ready, Strategy strategy) {
    this.ready = ready;
    this.strategy = strategy;
  }

  /** Sends the next order. */
  void start(OrderSource source, long at) {
    deal = source.randomDeal();
    startedAt = at;
    try {
      var unused = strategy.sellAsync(source.order(deal)).whenComplete(this);
    } catch (RuntimeException e) {
      accept(null, e);
    }
  }

  @Override
  public void accept(@Nullable Answer sold, @Nullable Throwable broken) {
    endedAt = System.nanoTime();
    answer = sold;
    failure = broken;
    ready.put(this);
  }

  /** Records the answer or the failure. */
  void writeTo(CallerStats stats) {
    if (answer != null) {
      stats.answered(answer, deal, startedAt, endedAt);
    } else {
      stats.failed(failure != null ? failure : new IllegalStateException("answered with null"));
    }
  }
}
