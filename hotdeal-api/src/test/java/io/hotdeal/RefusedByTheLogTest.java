package io.hotdeal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotdeal.OrderResult.Declined;
import io.hotdeal.OrderResult.Placed;
import io.hotdeal.Refusal.Closed;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.Refusal.SoldOut;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.spi.Tally;
import io.hotdeal.testkit.FaultyStores;
import io.hotdeal.testkit.Overriding;
import io.hotdeal.testkit.ScriptedGateway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("If the log refuses orders that the counter granted:")
class RefusedByTheLogTest {

  private static final String DEAL = "prod-001";

  private final FaultyStores faults = new FaultyStores();
  private final AtomicLong nanos = new AtomicLong();
  private final StockCounter counter = new InMemoryStockCounter();
  private final OrderLog log = new InMemoryOrderLog();
  private final ScriptedGateway gateway = new ScriptedGateway();
  private HotDeal hotDeal = settings(PaymentGateway.none()).build();

  private HotDealBuilder settings(PaymentGateway payments) {
    return HotDeal.builder()
        .counter(faults.wrap(StockCounter.class, counter))
        .log(faults.wrap(OrderLog.class, log))
        .payments(payments)
        .chargeAttempts(1, Duration.ofMillis(1))
        .counterSlowCallThreshold(Duration.ofMinutes(10)) // a busy machine must not reach it
        .ticker(nanos::get);
  }

  @AfterEach
  void close() {
    hotDeal.close();
  }

  private static Order order(String id, String buyer, long units) {
    return Order.of(id, DEAL, buyer, units).asFirstAttempt();
  }

  private void await(BooleanSupplier condition) {
    long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(giveUp);
      Thread.onSpinWait();
    }
  }

  /** Deletes the counter's data, as FLUSHALL does, and restores the deal with the log's count. */
  private void deleteAndRestore() {
    await(() -> counter.held(DEAL, 1).isEmpty()); // no settlement is under way any more
    counter.close(DEAL);
    counter.purge(DEAL);
    Tally tally = log.tally(DEAL).orElseThrow();
    counter.restore(tally.deal(), tally.left(), Stock.ABSENT);
  }

  @Test
  @DisplayName("repeated orders of buyers at their limit keep no unit from other buyers")
  void buyersAtTheirLimit() {
    hotDeal.open(Deal.of(DEAL, 150).withLimitPerBuyer(1));
    for (int i = 0; i < 50; i++) {
      assertThat(hotDeal.order(order("first-" + i, "buyer-" + i, 1))).isInstanceOf(Placed.class);
    }
    deleteAndRestore();
    for (int i = 0; i < 100; i++) {
      assertThat(hotDeal.order(order("more-" + i, "buyer-" + i % 50, 1)))
          .isEqualTo(new LimitReached(1));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(hotDeal.order(order("new-" + i, "new-buyer-" + i, 1))).isInstanceOf(Placed.class);
    }
  }

  @Test
  @DisplayName(
      "the counter gets each buyer's units from the log and refuses buyers at the limit itself")
  void learnsTheLimits() {
    hotDeal.open(Deal.of(DEAL, 2_000).withLimitPerBuyer(1));
    List<Order> sold =
        IntStream.range(0, 1_200).mapToObj(i -> order("o-" + i, "buyer-" + i, 1)).toList();
    log.reserve(sold, OrderState.PAID);
    assertThat(hotDeal.order(order("again", "buyer-7", 1))).isEqualTo(new LimitReached(1));
    await(() -> knows("buyer-999")); // the last one in the order of ids
    int reserves = faults.calls("reserve");
    for (int i = 0; i < 1_200; i++) {
      assertThat(hotDeal.order(order("again-" + i, "buyer-" + i, 1)))
          .isEqualTo(new LimitReached(1));
    }
    assertThat(faults.calls("reserve")).isEqualTo(reserves);
    assertThat(hotDeal.order(order("new", "somebody", 1))).isInstanceOf(Placed.class);
  }

  private boolean knows(String buyer) {
    Order probe = order("probe", buyer, 1);
    boolean known = counter.claim(List.of(probe)).get(0) instanceof LimitReached;
    counter.release(List.of(probe));
    return known;
  }

  @Test
  @DisplayName("the counter gets each buyer's units from the log after a restore, too")
  void learnsAfterARestore() {
    hotDeal.open(Deal.of(DEAL, 100).withLimitPerBuyer(1));
    log.reserve(List.of(order("a", "buyer-1", 1)), OrderState.PAID);
    counter.close(DEAL);
    counter.purge(DEAL);
    assertThat(hotDeal.order(order("b", "buyer-2", 1))).isInstanceOf(Placed.class);
    await(() -> knows("buyer-1"));
  }

  @Test
  @DisplayName(
      "an order for more units than are left releases its claim, and a smaller order is sold")
  void forMoreThanIsLeft() {
    hotDeal.open(Deal.of(DEAL, 10));
    log.reserve(List.of(Order.of("passed-by", DEAL, "x", 7)), OrderState.PAID);
    assertThat(hotDeal.order(order("a", "a", 5))).isEqualTo(new SoldOut(3));
    assertThat(counter.held(DEAL, 9)).isEmpty();
    assertThat(hotDeal.order(order("b", "b", 3))).isInstanceOf(Placed.class);
  }

  @Test
  @DisplayName("a deal that is closed in the log is closed in the counter")
  void closed() {
    hotDeal.open(Deal.of(DEAL, 10));
    log.close(DEAL);
    assertThat(hotDeal.order(order("a", "a", 1))).isEqualTo(new Closed());
    await(() -> counter.stock(DEAL).orElseThrow().closed());
    assertThat(counter.held(DEAL, 9)).isEmpty();
  }

  @Test
  @DisplayName("a purged deal is refused as closed, and is not restored to the counter")
  void purged() {
    hotDeal.open(Deal.of(DEAL, 10));
    hotDeal.closeDeal(DEAL);
    hotDeal.purge(DEAL);
    assertThat(counter.stock(DEAL)).isEmpty();
    assertThat(hotDeal.order(order("a", "a", 1))).isEqualTo(new Closed());
    assertThat(hotDeal.order(Order.of("b", DEAL, "b", 1))).isEqualTo(new Closed());
    assertThat(hotDeal.resolver().sweep(DEAL).isComplete()).isTrue();
    assertThat(counter.stock(DEAL)).isEmpty();
  }

  @Test
  @DisplayName(
      "an order that it never confirms is refunded and cancelled, and its units are released")
  void neverPaid() {
    hotDeal.close();
    OrderLog refusing =
        Overriding.of(OrderLog.class, log, "confirm", args -> List.of(OrderState.RESERVED));
    hotDeal =
        HotDeal.builder()
            .counter(counter)
            .log(refusing)
            .payments(gateway)
            .chargeAttempts(1, Duration.ofMillis(1))
            .build();
    hotDeal.open(Deal.of(DEAL, 10));
    assertThat(hotDeal.order(order("a", "a", 1))).isInstanceOf(Declined.class);
    assertThat(gateway.refunded).containsExactly("a");
    assertThat(log.find(DEAL, "a").orElseThrow().state()).isEqualTo(OrderState.CANCELLED);
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(10);
  }

  @Test
  @DisplayName("an order for which it can write neither row nor tombstone releases its claim")
  void neitherRowNorTombstone() {
    hotDeal.close();
    NothingHappenedException constraint = new NothingHappenedException("no such user");
    OrderLog refusing =
        Overriding.of(
            OrderLog.class,
            Overriding.of(
                OrderLog.class,
                log,
                "reserve",
                args -> List.of(new ReserveResult.Rejected(constraint))),
            "cancel",
            args -> List.of(OrderState.ABSENT));
    hotDeal = HotDeal.builder().counter(counter).log(refusing).payments(gateway).build();
    hotDeal.open(Deal.of(DEAL, 10));
    assertThatThrownBy(() -> hotDeal.order(order("a", "nobody", 1))).isSameAs(constraint);
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(10);
    assertThat(counter.held(DEAL, 9)).isEmpty();
  }

  @Test
  @DisplayName("an order whose cancel it refuses keeps its units, and the failure says so")
  void notCancelled() {
    hotDeal.close();
    OrderLog refusing =
        Overriding.of(OrderLog.class, log, "cancel", args -> List.of(OrderState.RESERVED));
    hotDeal = HotDeal.builder().counter(counter).log(refusing).payments(gateway).build();
    gateway.answers("a", new ChargeResult.Declined("no funds"));
    hotDeal.open(Deal.of(DEAL, 10));
    assertThatThrownBy(() -> hotDeal.order(order("a", "a", 1)))
        .isInstanceOf(OutcomeUnknownException.class)
        .cause()
        .hasMessageContaining("refuses to cancel order a");
    assertThat(counter.stock(DEAL).orElseThrow().remaining()).isEqualTo(9);
  }
}
