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
 * Orders sold per second in a closed loop: every thread is a caller that waits for each answer.
 *
 * <p>What {@link Contention} measures with blocking callers, by JMH's own runner: one strategy
 * after the other, each in its own JVM. {@link Contention} interleaves the strategies in one run.
 *
 * <pre>
 *   java -jar hotdeal-jmh/target/benchmarks.jar OrderBenchmark -t 150             one hot deal
 *   … OrderBenchmark -p strategy=hotdeal-log -p deals=1,1000
 *   … OrderBenchmark -p database=configured -p redis=configured                   your own stores
 *   … OrderBenchmark -p strategy=hotdeal-memory -prof gc                          bytes per order
 * </pre>
 *
 * <p>{@code -foe true} ends the run with exit code 1 at the first failure, which otherwise is only
 * missing from the table. For figures to quote add {@code -f 3 -wi 5 -w 5 -i 5 -r 5}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(32)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class OrderBenchmark {

  /** Sells one order. */
  @Benchmark
  public void order(StrategyState state, CallerState caller) {
    state.sell(caller.source);
  }
}
