package io.hotdeal.jmh;

import java.util.List;
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
 * How many orders a second sell, when all buyers want one deal or when they spread over many.
 *
 * <p>An {@code order…} is a sale: a PAID row, committed in the database. A {@code claim…} is only
 * the units taken at a counter, to which a sale adds the log. Compare within one family, one run
 * and one machine. Every thread is a buyer who waits for each answer, without think time or
 * payment; {@link ClaimBenchmark} and {@link AppendBenchmark} bring many at once. The stock never
 * runs out, an order that is not sold fails the benchmark, and so does a store that does not hold,
 * at the end, exactly what was acknowledged.
 *
 * <pre>
 *   java -jar hotdeal-jmh/target/benchmarks.jar                              everything, embedded stores
 *   java -jar hotdeal-jmh/target/benchmarks.jar order -p deals=1 -t 150      one hot deal, 150 buyers
 *   java -jar hotdeal-jmh/target/benchmarks.jar order -p database=postgresql an embedded, durable server
 *   java -jar hotdeal-jmh/target/benchmarks.jar -p database=configured -p redis=configured
 * </pre>
 *
 * <p>The last one takes your own stores, from the environment, see {@link Database} and {@link
 * Redis}. {@code -t} sets the threads; {@code -foe true} ends the run, with exit code 1, at the
 * first failure, which else is only missing from the table. As it stands a run takes minutes and is
 * a first look; for figures to quote add {@code -f 3 -wi 5 -w 5 -i 5 -r 5} and leave the machine
 * alone.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(32)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
public class HotBlockBenchmark {

  /** The legacy flow, less the payment: lock the deal's row, look, update, insert, commit. */
  @Benchmark
  public void orderRowLock(Shops.RowLock shop, Buyer buyer) {
    shop.sell(List.of(buyer.order()));
  }

  /** Insert, then one conditional update: the row is locked for less long, but once per order. */
  @Benchmark
  public void orderConditionalUpdate(Shops.ConditionalUpdate shop, Buyer buyer) {
    shop.sell(List.of(buyer.order()));
  }

  /** HotDeal over that same log: those who wait together share one transaction. */
  @Benchmark
  public void orderBatched(Shops.BatchedLog shop, Buyer buyer) {
    shop.sell(List.of(buyer.order()));
  }

  /** HotDeal with Redis as its gate, by Jedis: what the gate costs a sale. */
  @Benchmark
  public void orderGated(Shops.GatedLog shop, Buyer buyer) {
    shop.sell(List.of(buyer.order()));
  }

  /** A claim per transaction at the counter in the database. */
  @Benchmark
  public void claimOracle(Shops.OracleClaims shop, Buyer buyer) {
    shop.sell(List.of(buyer.order()));
  }

  /** A claim per script call, over pooled connections. */
  @Benchmark
  public void claimJedis(Shops.JedisClaims shop, Buyer buyer) {
    shop.sell(List.of(buyer.order()));
  }

  /** A claim per script call, over one connection that all threads share. */
  @Benchmark
  public void claimLettuce(Shops.LettuceClaims shop, Buyer buyer) {
    shop.sell(List.of(buyer.order()));
  }
}
