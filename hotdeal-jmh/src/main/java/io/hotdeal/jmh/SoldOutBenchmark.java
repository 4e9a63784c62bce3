package io.hotdeal.jmh;

import io.hotdeal.OrderResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to turn away those who come too late.
 *
 * <p>The orders are made beforehand and come again and again: it is the answer that is measured.
 *
 * <pre>
 *   java -jar hotdeal-jmh/target/benchmarks.jar SoldOutBenchmark -prof gc -rf json -rff soldout.json
 *   … SoldOutBenchmark.refuse -p memoryMillis=200 -t 2
 * </pre>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class SoldOutBenchmark {

  /** A first attempt: answered from memory, with nothing made for it. */
  @Benchmark
  public OrderResult refuse(SoldOut deal) {
    return deal.hotDeal().order(deal.firstAttempt());
  }

  /** The same for a caller who does not wait: the future is all that is made. */
  @Benchmark
  public CompletableFuture<OrderResult> refuseAsync(SoldOut deal) {
    return deal.hotDeal().orderAsync(deal.firstAttempt());
  }

  /**
   * It may have been sold before, so it asks the log: the way of every order that is not refused.
   */
  @Benchmark
  public OrderResult refuseRetry(SoldOut deal) {
    return deal.hotDeal().order(deal.retry());
  }
}
