package io.hotdeal.jmh;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.jmh.load.LoadModel;
import io.hotdeal.jmh.load.LoadProfile;
import io.hotdeal.jmh.load.RunStores;
import io.hotdeal.jmh.load.ScenarioStores;
import io.hotdeal.jmh.strategy.Strategies;
import io.hotdeal.jmh.strategy.Strategy;
import io.hotdeal.jmh.strategy.Strategy.Answer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Refusals per second of a deal that is sold out. The orders are created beforehand and sent again
 * and again: only the answer is measured.
 *
 * <pre>
 *   java -jar hotdeal-jmh/target/benchmarks.jar SoldOutBenchmark -prof gc
 *   … SoldOutBenchmark.firstAttempt -p strategy=hotdeal-memory -t 2
 * </pre>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class SoldOutBenchmark {

  /** A deal of one unit, which is sold. */
  @State(Scope.Benchmark)
  public static class SoldOutDeal {

    /** Its sold-out cache keeps an entry for 200 ms; that of {@code hotdeal-log-1m} a minute. */
    @Param({"hotdeal-memory", "hotdeal-log-1m"})
    String strategy = "";

    private final RunStores run = new RunStores("h2", "embedded", false);
    private final ScenarioStores stores =
        run.forScenario(LoadProfile.closed(LoadModel.BLOCKING, 1));
    private final Order firstAttempt = Order.of("late", "deal", "late", 1).asFirstAttempt();
    private final Order retry = firstAttempt.asPossibleRetry();
    private Strategy opened;

    /** Sells the unit. */
    @Setup
    public void sellOut() {
      opened = Strategies.named(strategy).make(stores);
      opened.open(List.of(Deal.of("deal", 1)));
      require(opened.sell(Order.of("first", "deal", "first", 1)), Answer.SOLD);
      require(opened.sell(firstAttempt), Answer.SOLD_OUT);
    }

    /** Voids the figure if another order was sold. */
    @TearDown
    public void close() {
      try {
        require(opened.sell(retry), Answer.SOLD_OUT);
      } finally {
        opened.close();
        stores.close();
        run.close();
      }
    }

    private static void require(Answer answer, Answer expected) {
      if (answer != expected) {
        throw new IllegalStateException(answer + " instead of " + expected);
      }
    }
  }

  /** A first attempt: answered from the sold-out cache, without an allocation. */
  @Benchmark
  public Answer firstAttempt(SoldOutDeal deal) {
    return deal.opened.sell(deal.firstAttempt);
  }

  /** The same, asynchronous: the future is all that is allocated. */
  @Benchmark
  public CompletionStage<Answer> firstAttemptAsync(SoldOutDeal deal) {
    return deal.opened.sellAsync(deal.firstAttempt);
  }

  /** A retry may have been sold before, so the log is asked, as for every order that is sold. */
  @Benchmark
  public Answer retry(SoldOutDeal deal) {
    return deal.opened.sell(deal.retry);
  }
}
