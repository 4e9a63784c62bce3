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
 * What one commit is worth: orders a second into the log by how many of them share a transaction.
 *
 * <p>The score counts transactions, {@code :orders} what they sold.
 *
 * <pre>
 *   java -jar hotdeal-jmh/target/benchmarks.jar AppendBenchmark -p deals=1 -rf json -rff append.json
 *   … AppendBenchmark -p deals=1 -p database=postgresql      every commit on disk
 *   … AppendBenchmark -p deals=1 -p batch=64 -t 2            two transactions want the row
 * </pre>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class AppendBenchmark {

  /** The library's log, without a HotDeal: one call, one transaction. */
  @Benchmark
  public void append(Shops.ConditionalUpdate log, Buyer buyer, Company company, Count count) {
    log.sell(buyer.orders(company.batch));
    count.orders += company.batch;
  }
}
