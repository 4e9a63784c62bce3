package io.hotdeal.contract;

import static io.hotdeal.spi.OrderState.EXPIRED;
import static io.hotdeal.spi.OrderState.PAID;
import static io.hotdeal.spi.OrderState.RESERVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.DealChange;
import io.hotdeal.Order;
import io.hotdeal.ReserveResult;
import io.hotdeal.ReserveResult.Held;
import io.hotdeal.ReserveResult.Reserved;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.HoldExtension;
import io.hotdeal.spi.HoldPayment;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderRecord;
import io.hotdeal.spi.OrderReturn;
import io.hotdeal.spi.OrderSnapshot;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One deal of the log under test, and short names for the calls that tests make on it. */
record DealUnderTest(OrderLog log, String id) {

  static final Duration LONG = Duration.ofMinutes(10);
  static final Duration SHORT = Duration.ofMillis(1);

  /** A deal that no other test uses, not yet opened. */
  static DealUnderTest fresh(OrderLog log) {
    return new DealUnderTest(log, Crowd.freshDealId());
  }

  /** Its terms with so many units. */
  Deal of(long quantity) {
    return Deal.of(id, quantity);
  }

  void open(long quantity) {
    log.open(of(quantity));
  }

  DealTerms change(DealChange change) {
    return log.change(id, change);
  }

  Order order(String orderId, long quantity) {
    return order(orderId, "buyer", quantity);
  }

  Order order(String orderId, String buyerId, long quantity) {
    return Order.of(orderId, id, buyerId, quantity);
  }

  ReserveResult reserve(Order order) {
    return log.reserve(List.of(order), RESERVED).get(0);
  }

  /** Reserves an order that must be accepted. */
  void reserved(Order order) {
    assertThat(reserve(order)).isInstanceOf(Reserved.class);
  }

  /** Sells an order that must be accepted. */
  void sold(Order order) {
    assertThat(log.reserve(List.of(order), PAID).get(0)).isInstanceOf(Reserved.class);
  }

  /** Holds an order that must be accepted, for long. */
  void held(Order order) {
    assertThat(reserve(order.withPayWithin(LONG))).isInstanceOf(Held.class);
  }

  /** Holds an order that must be accepted, and lets it expire. */
  void expired(Order order) {
    assertThat(reserve(order.withPayWithin(SHORT))).isInstanceOf(Held.class);
    awaitOverdue(1);
    assertThat(log.endHolds(List.of(order), EXPIRED)).containsExactly(EXPIRED);
  }

  OrderSnapshot pay(String orderId, String paymentId) {
    return log.confirmHeld(List.of(payment(orderId, paymentId))).get(0).orElseThrow();
  }

  HoldPayment payment(String orderId, String paymentId) {
    return new HoldPayment(id, orderId, paymentId);
  }

  HoldExtension extension(String orderId, Instant until) {
    return new HoldExtension(id, orderId, until);
  }

  OrderSnapshot giveBack(String orderId, boolean toStock, boolean refundDue) {
    return log.giveBack(List.of(new OrderReturn(id, orderId, toStock, refundDue)))
        .get(0)
        .orElseThrow();
  }

  OrderRecord row(String orderId) {
    return log.find(id, orderId).orElseThrow();
  }

  OrderState state(String orderId) {
    return row(orderId).state();
  }

  Tally tally() {
    return log.tally(id).orElseThrow();
  }

  long left() {
    return tally().left();
  }

  /** The log's time, as of some moment in this call: that of a row that is written for it. */
  Instant clock() {
    Order probe = Order.of("clock-" + System.nanoTime(), id, "clock", 1);
    log.cancel(List.of(probe));
    return row(probe.id()).recordedAt();
  }

  void awaitOverdue(long count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (log.overdueHolds(id, 100).size() < count) {
      assertThat(System.nanoTime()).as("holds overdue within 30 s").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  void assertBalanced() {
    Optional<Tally> tally = log.tally(id);
    tally.ifPresent(it -> assertThat(it.isBalanced()).as("%s", it).isTrue());
    assertThat(log.balance(id)).isEqualTo(tally.map(Tally::balance));
  }
}
