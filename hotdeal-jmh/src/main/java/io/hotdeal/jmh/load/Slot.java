package io.hotdeal.jmh.load;

import io.hotdeal.jmh.strategy.Strategy;
import io.hotdeal.jmh.strategy.Strategy.Answer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A place for one order under way; used again once its order is answered. Its thread starts it,
 * whichever thread completes the order hands it back by the queue: answers at once do not recurse.
 */
final class Slot implements BiConsumer<@Nullable Answer, @Nullable Throwable> {

  private final ReadyQueue ready;
  private int deal;
  private long startedAt;
  private long endedAt;
  private @Nullable Answer answer;
  private @Nullable Throwable failure;

  Slot(ReadyQueue ready) {
    this.ready = ready;
  }

  /** Brings the next order. */
  void start(Strategy strategy, Buyer buyer, long at) {
    deal = buyer.someDeal();
    startedAt = at;
    try {
      var unused = strategy.sellAsync(buyer.order(deal)).whenComplete(this);
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

  /** Writes down what became of it. */
  void writeTo(Sheet sheet) {
    if (answer != null) {
      sheet.answered(answer, deal, startedAt, endedAt);
    } else {
      sheet.failed(failure != null ? failure : new IllegalStateException("answered with null"));
    }
  }
}
