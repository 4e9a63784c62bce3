package io.hotdeal.jmh;

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
 * Orders sold per second by batch size. The score counts calls, {@code :orders} the orders.
 *
 * <p>The log alone sells a batch in one transaction, a counter alone in one script call; a HotDeal
 * gets the orders one by one, without waiting, and forms the batches itself.
 *
 * <pre>
 *   java -jar hotdeal-jmh/target/benchmarks.jar BatchBenchmark -p strategy=hotdeal-log-direct
 *   … BatchBenchmark -p strategy=hotdeal-claims-jedis,hotdeal-claims-lettuce -t 4
 *   … BatchBenchmark -p strategy=hotdeal-log -p batch=64
 * </pre>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class BatchBenchmark {

  /** Sells a batch. */
  @Benchmark
  public void sellAll(
      StrategyState state, CallerState caller, BatchSize size, BatchSize.Orders sold) {
    state.sellAll(caller.source, size.batch);
    sold.orders += size.batch;
  }
}
