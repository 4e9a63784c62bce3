package io.hotdeal.contract;

import static io.hotdeal.contract.DealUnderTest.LONG;
import static io.hotdeal.spi.OrderState.HELD;
import static io.hotdeal.spi.OrderState.RESERVED;

import io.hotdeal.Order;
import io.hotdeal.ReserveResult;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Several deals of the log under test, which are called together. */
final class DealsUnderTest {

  private final OrderLog log;
  private final List<DealUnderTest> deals = new ArrayList<>();

  DealsUnderTest(OrderLog log) {
    this.log = log;
  }

  /** One more, not yet opened. */
  DealUnderTest fresh() {
    DealUnderTest deal = DealUnderTest.fresh(log);
    deals.add(deal);
    return deal;
  }

  /** Writes orders in this state; HELD is for long. */
  List<ReserveResult> reserve(List<Order> orders, OrderState as) {
    return MixedCalls.call(orders, some -> reserve(log, some, as));
  }

  /** The same in one call of another instance of the log. */
  static List<ReserveResult> reserve(OrderLog log, List<Order> orders, OrderState as) {
    return as == HELD
        ? log.reserve(orders.stream().map(it -> it.withPayWithin(LONG)).toList(), RESERVED)
        : log.reserve(orders, as);
  }

  /** By deal id, of those that are open. */
  Map<String, Tally> tallies() {
    Map<String, Tally> tallies = new HashMap<>();
    deals.forEach(deal -> log.tally(deal.id()).ifPresent(it -> tallies.put(deal.id(), it)));
    return tallies;
  }

  void assertBalanced() {
    deals.forEach(DealUnderTest::assertBalanced);
  }
}
