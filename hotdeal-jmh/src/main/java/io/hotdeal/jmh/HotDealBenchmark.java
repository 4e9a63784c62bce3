package io.hotdeal.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an order costs in process: HotDeal over a log in memory, against that log by itself.
 *
 * <p>The log remembers every order, so keep the runs short: a longer one measures the collector.
 *
 * <pre>
 *   java -jar hotdeal-jmh/target/benchmarks.jar HotDealBenchmark -p deals=1 -rf json -rff hotDeal.json
 *   … HotDealBenchmark -p deals=1 -prof gc                        bytes per order
 * </pre>
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class HotDealBenchmark {

  static final int ASYNC = 64;

  /** No HotDeal: what making the order and storing it costs anyway. */
  @Benchmark
  @Threads(1)
  public void logAlone(Shops.MemoryLog log, Buyer buyer) {
    log.sell(List.of(buyer.order()));
  }

  /** One caller who waits: two changes of threads per order. */
  @Benchmark
  @Threads(1)
  public void oneCaller(Shops.MemoryDesk hotDeal, Buyer buyer) {
    hotDeal.sell(List.of(buyer.order()));
  }

  /** Many callers who wait. */
  @Benchmark
  @Threads(150)
  public void crowd(Shops.MemoryDesk hotDeal, Buyer buyer) {
    hotDeal.sell(List.of(buyer.order()));
  }

  /** One thread that brings 64 orders before it waits. */
  @Benchmark
  @Threads(1)
  @OperationsPerInvocation(ASYNC)
  public void async(Shops.MemoryDesk hotDeal, Buyer buyer) {
    hotDeal.sell(buyer.orders(ASYNC));
  }
}
