package io.hotdeal.internal.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.Refusal.LimitReached;
import io.hotdeal.internal.resilience.AsyncStoreCalls;
import io.hotdeal.memory.InMemoryOrderLog;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.OrderLog;
import io.hotdeal.spi.OrderState;
import io.hotdeal.spi.StockCounter;
import io.hotdeal.testkit.FaultyStores;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The replay of paid orders")
class PaidOrderReplayTest {

  private static final String DEAL = "prod-001";
  private static final Deal LIMITED = Deal.of(DEAL, 5_000).withLimitPerBuyer(1);

  private final FaultyStores faults = new FaultyStores();
  private final AtomicLong nanos = new AtomicLong();
  private final StockCounter counter = new InMemoryStockCounter();
  private final OrderLog log = new InMemoryOrderLog();
  private final AsyncStoreCalls calls = new AsyncStoreCalls(Runnable::run, null);
  private final PaidOrderReplay replay =
      new PaidOrderReplay(
          faults.wrap(StockCounter.class, counter),
          faults.wrap(OrderLog.class, log),
          calls,
          calls,
          nanos::get);

  private static Order order(String id, String buyer) {
    return Order.of(id, DEAL, buyer, 1);
  }

  @BeforeEach
  void open() {
    open(LIMITED);
  }

  private void open(Deal deal) {
    log.open(deal);
    counter.open(deal);
  }

  private void sell(int orders) {
    log.reserve(
        IntStream.range(0, orders).mapToObj(i -> order("o-" + i, "buyer-" + i)).toList(),
        OrderState.PAID);
  }

  private boolean isAtLimit(String buyer) {
    return counter.claim(List.of(order("probe-" + buyer, buyer))).get(0) instanceof LimitReached;
  }

  @ParameterizedTest
  @DisplayName("settles all of them, page by page, with a full or a partial last page:")
  @ValueSource(ints = {1, 499, 500, 501, 1_000, 1_200})
  void pages(int orders) {
    sell(orders);
    assertThat(replay.replay(DEAL)).isCompletedWithValue((long) orders);
    assertThat(IntStream.range(0, orders)).allMatch(i -> isAtLimit("buyer-" + i));
    assertThat(isAtLimit("buyer-" + orders)).isFalse();
    assertThat(faults.calls("settle")).isEqualTo((orders + 499) / 500);
  }

  @Test
  @DisplayName("settles nothing if no order is paid")
  void nonePaid() {
    log.reserve(List.of(order("reserved", "buyer")), OrderState.RESERVED);
    assertThat(replay.replay(DEAL)).isCompletedWithValue(0L);
    assertThat(faults.calls("settle") + faults.calls("tally")).isZero();
  }

  @Test
  @DisplayName("does nothing for a deal without a limit per buyer, or for an unknown deal")
  void noLimit() {
    log.open(Deal.of("unlimited", 10));
    log.reserve(List.of(Order.of("a", "unlimited", "buyer", 1)), OrderState.PAID);
    assertThat(replay.replay("unlimited")).isCompletedWithValue(0L);
    assertThat(replay.replay("nobody")).isCompletedWithValue(0L);
    assertThat(faults.calls("paid")).isZero();
  }

  @Test
  @DisplayName("fails if the counter fails, and can be started again")
  void fails() {
    sell(3);
    faults.refuse("settle");
    assertThat(replay.replay(DEAL)).isCompletedExceptionally();
    replay.start(DEAL);
    faults.heal();
    replay.start(DEAL);
    assertThat(isAtLimit("buyer-2")).isTrue();
  }

  @Test
  @DisplayName("is started by refusals only if it was not started in the last 10 s")
  void onceInTenSeconds() {
    sell(1);
    replay.start(DEAL);
    replay.startIfDue(DEAL);
    assertThat(faults.calls("paid")).isOne();
    nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
    replay.startIfDue(DEAL);
    assertThat(faults.calls("paid")).isOne();
    nanos.addAndGet(1);
    replay.startIfDue(DEAL);
    replay.startIfDue(DEAL);
    assertThat(faults.calls("paid")).isEqualTo(2);
  }

  @Test
  @DisplayName("runs once at a time for a deal")
  void onceAtATime() {
    sell(1);
    faults.before("paid", () -> replay.start(DEAL));
    replay.start(DEAL);
    assertThat(faults.calls("paid")).isOne();
  }
}
