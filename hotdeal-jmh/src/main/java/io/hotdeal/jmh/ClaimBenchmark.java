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
 * Claims a second in Redis, by client and by how many travel together.
 *
 * <p>The score counts rounds, {@code :orders} the claims made in them.
 *
 * <pre>
 *   java -jar hotdeal-jmh/target/benchmarks.jar ClaimBenchmark -p deals=1 -rf json -rff claims.json
 *   … ClaimBenchmark.claimTogether -p deals=1 -p client=lettuce -t 4
 *   … ClaimBenchmark.claimAsync -p deals=1 -p batch=1 -t 150      150 threads, each with one claim
 * </pre>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(1)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class ClaimBenchmark {

  /** One script call for all of them. */
  @Benchmark
  public void claimTogether(Shops.Claims gate, Buyer buyer, Company company, Count count) {
    gate.sell(buyer.orders(company.batch));
    count.orders += company.batch;
  }

  /** Each by itself, without waiting, and then all are waited for: the library batches them. */
  @Benchmark
  public void claimAsync(Shops.AsyncClaims gate, Buyer buyer, Company company, Count count) {
    gate.sell(buyer.orders(company.batch));
    count.orders += company.batch;
  }
}
