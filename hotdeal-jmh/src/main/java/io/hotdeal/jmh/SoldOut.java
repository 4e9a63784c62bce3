package io.hotdeal.jmh;

import io.hotdeal.Deal;
import io.hotdeal.HotDeal;
import io.hotdeal.Order;
import io.hotdeal.OrderResult;
import io.hotdeal.PaymentGateway;
import io.hotdeal.Refusal;
import io.hotdeal.memory.InMemoryOrderLog;
import java.time.Duration;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A deal of one unit, which somebody has bought, at a HotDeal over a log in memory. */
@State(Scope.Benchmark)
public class SoldOut {

  /** How long HotDeal remembers that; 200 unless its builder is told. */
  @Param({"200", "60000"})
  long memoryMillis;

  private HotDeal hotDeal;
  private final Order firstAttempt = Order.of("late", "deal", "late-buyer", 1).asFirstAttempt();
  private final Order retry = firstAttempt.asPossibleRetry();

  /** Sells it. */
  @Setup
  public void sellOut() {
    hotDeal =
        HotDeal.builder()
            .log(new InMemoryOrderLog())
            .payments(PaymentGateway.none())
            .soldOutCacheTtl(Duration.ofMillis(memoryMillis))
            .build();
    hotDeal.open(Deal.of("deal", 1));
    requireSold(
        hotDeal.order(Order.of("first", "deal", "first-buyer", 1)), OrderResult.Placed.class);
    requireSold(hotDeal.order(firstAttempt), Refusal.SoldOut.class);
  }

  private static void requireSold(OrderResult result, Class<? extends OrderResult> expected) {
    if (!expected.isInstance(result)) {
      throw new IllegalStateException("not " + expected.getSimpleName() + ": " + result);
    }
  }

  HotDeal hotDeal() {
    return hotDeal;
  }

  Order firstAttempt() {
    return firstAttempt;
  }

  Order retry() {
    return retry;
  }

  /** Ends HotDeal; voids the figure if an order was sold after all. */
  @TearDown
  public void close() {
    requireSold(hotDeal.order(retry), Refusal.SoldOut.class);
    hotDeal.close();
  }
}
