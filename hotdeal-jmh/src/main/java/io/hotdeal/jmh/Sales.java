package io.hotdeal.jmh;

import io.hotdeal.Deal;
import io.hotdeal.Units;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One trial's deals, which no other trial knows and which never sell out, and how many of their
 * units were acknowledged as sold.
 */
@State(Scope.Benchmark)
public class Sales {

  /** 1: a hot block. Many: the same load, spread. */
  @Param({"1", "1000"})
  int deals;

  private final LongAdder acknowledged = new LongAdder();
  private final AtomicInteger buyers = new AtomicInteger();
  private String trial;
  private List<String> dealIds;

  /** Makes up the ids. */
  @Setup
  public void name() {
    trial = Long.toHexString(ThreadLocalRandom.current().nextLong());
    dealIds = IntStream.range(0, deals).mapToObj(i -> "deal-" + trial + "-" + i).toList();
  }

  void open(Consumer<Deal> store) {
    dealIds.forEach(id -> store.accept(Deal.of(id, Units.MAX)));
  }

  String newBuyerId() {
    return trial + "-" + buyers.incrementAndGet();
  }

  String someDealId() {
    return dealIds.get(deals == 1 ? 0 : ThreadLocalRandom.current().nextInt(deals));
  }

  /**
   * Counts one unit if it was sold.
   *
   * @throws IllegalStateException if it was not: the benchmark measures selling, never refusing
   */
  void acknowledge(boolean sold, Object answer) {
    if (!sold) {
      throw new IllegalStateException("not sold: " + answer);
    }
    acknowledged.increment();
  }

  /**
   * Looks for what was sold in the log.
   *
   * @throws IllegalStateException if it does not hold exactly that
   */
  void verify(OrderLog log) {
    verify("the log", dealId -> paid(log.tally(dealId).orElseThrow()));
  }

  private static long paid(Tally tally) {
    require(tally.isBalanced() && tally.paid().units() == tally.paid().orders(), tally);
    return tally.paid().units();
  }

  /**
   * Looks for what was sold in the counter, settled or not.
   *
   * @throws IllegalStateException if it does not hold exactly that
   */
  void verify(StockCounter counter) {
    verify("the counter", dealId -> claimed(counter.stock(dealId).orElseThrow()));
  }

  private static long claimed(Stock stock) {
    long claimed = stock.claimed() + stock.settled();
    require(stock.remaining() == Units.MAX - claimed, stock);
    return claimed;
  }

  private void verify(String store, ToLongFunction<String> soldOfDeal) {
    long held = dealIds.stream().mapToLong(soldOfDeal).sum();
    if (held != acknowledged.sum()) {
      throw new IllegalStateException(
          acknowledged.sum() + " units acknowledged, but " + store + " holds " + held);
    }
  }

  private static void require(boolean balanced, Object books) {
    if (!balanced) {
      throw new IllegalStateException("the books do not balance: " + books);
    }
  }
}
